// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.model.Part;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A message of several pieces of which one fails. The outbox keeps how many are sent and begins there; what it needs of a
 * channel is that each piece is one message of its provider, and that every attempt has the same pieces.
 */
final class PieceChecks {
    /** Longer texts than that take too long to check. */
    static final int LONGEST = 200_000;

    private PieceChecks() {}

    static List<ContractCheck> all() {
        return List.of(Sending.check(
                SendChecks.GROUP,
                "resumed at the failed piece",
                "When the second of three pieces fails, the next attempt sends that one and the third, and no piece twice.",
                PieceChecks::resumed,
                PieceChecks::resumedByLine));
    }

    private static void resumedByLine(LineSample sample) throws Exception {
        Channel channel = (Channel) sample.connector();
        Limits limits = channel.limits(sample.account(), sample.address());
        if (limits.text() > LONGEST) {
            throw new NotApplicable("it takes texts of any length, whole");
        }
        List<Part> whole = Sending.text(words(limits.text() * 5L / 2));
        LineChecks.resumed(sample, Rendering.plan(limits, whole).steps());
    }

    private static void resumed(SendSample sample) {
        if (!(sample.connector() instanceof Channel channel) || !(sample.outbound() instanceof ToCustomer message)) {
            throw new NotApplicable("a desk takes messages whole");
        }
        Limits limits = channel.limits(sample.account(), message.address());
        if (limits.text() > LONGEST) {
            throw new NotApplicable("it takes texts of any length, whole");
        }
        List<Part> whole = List.of(new Part.Text(words(limits.text() * 5L / 2)));
        List<List<Part>> pieces = Rendering.plan(limits, whole).steps();
        Expect.that(pieces.size() >= 3, pieces.size() + " pieces", "three or more of a text of two limits and a half");
        try (FakeProvider good = FakeProvider.answering(200, Map.of(), "{}");
                FakeProvider down = FakeProvider.answering(503, Map.of(), "{}")) {
            URI up = good.granting(sample.grants()).baseUrl();
            URI gone = down.granting(sample.grants()).baseUrl();
            send(sample, channel, sample.account(up), message, pieces, 0);
            Outcome failed = send(sample, channel, sample.account(gone), message, pieces, 1);
            Expect.that(failed instanceof Outcome.Retry, failed.toString(), "Outcome.Retry for 503");
            List<List<Part>> again = Rendering.plan(channel.limits(sample.account(), message.address()), whole)
                    .steps();
            Expect.equal(again.size(), pieces.size(), "the number of pieces at the next attempt");
            for (int step = 1; step < again.size(); step++) {
                send(sample, channel, sample.account(up), message, again, step);
            }
            once(good, down, pieces);
        }
    }

    private static Outcome send(
            SendSample sample,
            Channel channel,
            Account account,
            ToCustomer message,
            List<List<Part>> pieces,
            int step) {
        ToCustomer piece = message.step(message.key() + "/" + step, pieces.get(step), step == 0);
        return channel.send(account, piece, Sending.wire(sample, Sending.PATIENCE));
    }

    /** Beginning, middle and end of each piece have reached the provider in one call, and where it failed in one more. */
    private static void once(FakeProvider good, FakeProvider down, List<List<Part>> pieces) {
        for (int step = 0; step < pieces.size(); step++) {
            String[] words =
                    ((Part.Text) pieces.get(step).get(0)).text().strip().split(" ");
            for (String word : List.of(words[0], words[words.length / 2], words[words.length - 1])) {
                Expect.equal(
                        calls(good, word), 1L, "the number of calls with piece " + (step + 1) + " that were taken");
                Expect.equal(calls(down, word), step == 1 ? 1L : 0L, "the number of calls with it that failed");
            }
        }
    }

    private static long calls(FakeProvider provider, String word) {
        return provider.bodies().stream().filter(body -> body.contains(word)).count();
    }

    /** Words that are all different, of this length in all, or a word more. */
    static String words(long length) {
        StringBuilder text = new StringBuilder();
        for (int i = 100_000; text.length() < length; i++) {
            text.append('w').append(i).append(' ');
        }
        return text.toString().strip();
    }
}
