// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.simulator.Answering.Answer;
import io.dragoman.simulator.Simulator.Delivered;
import java.util.Arrays;
import java.util.List;

/** The checks of {@link SendChecks} for a protocol that is not HTTP, by what its simulator answers. */
@SuppressWarnings("try") // a line is held, not used
final class LineChecks {
    /** A line that another check has cut comes back by itself: what was not sent meanwhile says nothing. */
    private static final int LINES_THAT_MAY_BE_DOWN = 5;

    private static final int ODD_ANSWERS = 6;

    private LineChecks() {}

    static void throttled(LineSample sample) throws Exception {
        Outcome.Retry retry = is(Outcome.Retry.class, Lines.to(sample, Answer.THROTTLED), "too many");
        Expect.equal(retry.reason(), Reason.THROTTLED, "the reason of an answer that there are too many");
    }

    static void unavailable(LineSample sample) throws Exception {
        is(Outcome.Retry.class, Lines.to(sample, Answer.BUSY), "not now");
    }

    static void unhurried(LineSample sample) {
        Lines.needs(sample, Answer.THROTTLED);
        throw new NotApplicable("no answer of its protocol says for how long: those that are checked as throttled and"
                + " unavailable do not either");
    }

    static void refused(LineSample sample) throws Exception {
        is(Outcome.Refused.class, Lines.to(sample, Answer.REFUSED), "a refusal for good");
    }

    /** Who logs in once for many messages is refused there, and nothing was sent. */
    static void credentials(LineSample sample) {
        sample.provider().lacksLogin().ifPresent(why -> {
            throw new NotApplicable(why);
        });
        List<Setting<?>> secrets = Webhooks.secrets(sample);
        Expect.that(!secrets.isEmpty(), "an account without a secret", "one that logs in");
        for (Setting<?> secret : secrets) {
            Account wrong = Webhooks.withAnother(sample.fresh(), secret);
            try (LineSample.Line line = sample.open(wrong)) {
                Outcome outcome = sample.send(wrong, Lines.message(sample, "delivery-1", SendSample.SENT_CANARY));
                Outcome.Refused refused = is(Outcome.Refused.class, outcome, "a wrong " + secret.name());
                Expect.equal(refused.reason(), Reason.AUTHENTICATION_FAILED, "the reason of a wrong " + secret.name());
            } catch (TransportFailure e) {
                Expect.that(e.isLoginRefused(), "a login that fails by: " + e.detail(), "one that is refused");
                Lines.hides(sample, e.toString());
            }
        }
    }

    @SuppressWarnings("DoNotCallSuggester") // it stands in a table of checks
    static void redirected(LineSample sample) {
        throw new NotApplicable("its protocol has no answer that sends a message to somewhere else");
    }

    static void serverError(LineSample sample) throws Exception {
        Outcome outcome = Lines.to(sample, Answer.FAILED);
        Expect.that(
                outcome instanceof Outcome.Retry || outcome instanceof Outcome.Uncertain,
                outcome + " for a failure there",
                "Outcome.Retry where the answer says that nothing was taken, else Outcome.Uncertain");
    }

    /** Where a copy is known there, a lost answer is no harm: then the same is sent again. */
    static void silence(LineSample sample) throws Exception {
        for (Answer answer : List.of(Answer.SILENT, Answer.CUT)) {
            Outcome outcome = Lines.to(sample, sample.impatient(), answer).get(0);
            boolean known = sample.connector().retrySafety() == RetrySafety.IDEMPOTENT;
            Expect.that(
                    outcome instanceof Outcome.Uncertain || (known && outcome instanceof Outcome.Retry),
                    outcome + " for an answer that was lost",
                    known ? "Outcome.Uncertain, or Outcome.Retry by the key that it knows" : "Outcome.Uncertain");
        }
    }

    static void unreachable(LineSample sample) {
        Account gone = sample.unreachable();
        try (LineSample.Line line = sample.open(gone)) {
            sent(sample, gone);
        } catch (TransportFailure e) {
            Expect.that(!e.isLoginRefused(), "a refused login of who is not there", "a failure of the connection");
            sent(sample, gone);
        }
    }

    private static void sent(LineSample sample, Account gone) {
        Outcome outcome = sample.send(gone, Lines.message(sample, "delivery-1", SendSample.SENT_CANARY));
        is(Outcome.Retry.class, outcome, "a provider who is not there");
    }

    static void oddAnswers(LineSample sample) throws Exception {
        for (int i = 0; i < ODD_ANSWERS; i++) {
            Lines.to(sample, Answer.ODD); // which must not throw
        }
    }

    static void content(LineSample sample) throws Exception {
        int before = sample.provider().delivered().size();
        Outcome outcome = Lines.to(sample, Answer.TAKEN);
        is(Outcome.Sent.class, outcome, "what is taken");
        Lines.await(() -> sample.provider().delivered().size() > before);
        List<String> delivered = Lines.delivered(sample.provider(), before);
        Expect.that(
                delivered.size() == 1 && delivered.get(0).contains(SendSample.SENT_CANARY),
                delivered.size() + " messages, with the text in " + delivered,
                "one with the text");
    }

    static void answer(LineSample sample) throws Exception {
        sample.provider().lacksWords().ifPresent(why -> {
            throw new NotApplicable(why);
        });
        for (Answer answer : List.of(Answer.REFUSED, Answer.THROTTLED, Answer.FAILED)) {
            Lines.to(sample, answer); // which looks at the outcome
        }
    }

    static void silent(LineSample sample) throws Exception {
        try (Logged logged = Logged.of(sample.connector())) {
            for (Answer answer : Answer.values()) {
                if (sample.provider().lacks(answer).isEmpty() && answer != Answer.SILENT) {
                    Lines.to(sample, answer);
                }
            }
            logged.lines().forEach(line -> Lines.hides(sample, line));
        }
    }

    static void once(LineSample sample) throws Exception {
        for (Answer answer : List.of(Answer.BUSY, Answer.FAILED)) {
            int came = 0;
            for (int tries = 0; came == 0 && tries < LINES_THAT_MAY_BE_DOWN; tries++) {
                int before = sample.provider().script().came().size();
                Lines.to(sample, answer);
                came = sample.provider().script().came().size() - before;
            }
            Expect.that(came == 1, came + " messages of one attempt", "one");
        }
    }

    /** By the ids that it shows customers or its archive: an attempt that is repeated has the same. */
    static void key(LineSample sample) throws Exception {
        if (sample.provider().lacksKeys().isPresent()) {
            throw new NotApplicable(sample.provider().lacksKeys().get());
        }
        int before = sample.provider().delivered().size();
        Account account = sample.fresh();
        boolean known = sample.connector().retrySafety() == RetrySafety.IDEMPOTENT;
        try (LineSample.Line line = sample.open(account)) {
            for (String key : List.of("one", "one", "another")) {
                is(
                        Outcome.Sent.class,
                        sample.send(account, Lines.message(sample, key, SendSample.SENT_CANARY)),
                        "what is taken");
            }
        }
        Lines.await(() -> sample.provider().delivered().size() >= before + (known ? 2 : 3));
        List<String> ids = sample.provider().delivered().stream()
                .skip(before)
                .map(Delivered::id)
                .toList();
        Expect.that(ids.size() == (known ? 2 : 3), ids.size() + " messages", known ? "2: a copy is known" : "3");
        Expect.that(
                (known || ids.get(0).equals(ids.get(1))) && !ids.get(0).equals(ids.get(ids.size() - 1)),
                "ids " + ids,
                "the same for the same key, and another for another");
    }

    static <T extends Outcome> T is(Class<T> type, Outcome outcome, String answer) {
        Expect.that(type.isInstance(outcome), outcome + " for " + answer, "Outcome." + type.getSimpleName());
        return type.cast(outcome);
    }

    /** Hard texts arrive. */
    static void hard(LineSample sample, List<String> texts) throws Exception {
        Account account = sample.fresh();
        try (LineSample.Line line = sample.open(account)) {
            for (String text : texts) {
                int before = sample.provider().delivered().size();
                Outcome outcome = sample.send(account, Lines.message(sample, "hard-" + before, text));
                is(Outcome.Sent.class, outcome, text);
                Lines.await(() -> sample.provider().delivered().size() > before);
                List<String> delivered = Lines.delivered(sample.provider(), before);
                Expect.that(delivered.stream().anyMatch(one -> one.contains(text)), delivered.toString(), text);
            }
        }
    }

    /** Every word of every piece is taken once, whatever a channel makes of a piece. */
    static void resumed(LineSample sample, List<List<Part>> pieces) throws Exception {
        Account account = sample.fresh();
        int before = sample.provider().script().taken().size();
        try (LineSample.Line line = sample.open(account)) {
            sample.provider().script().next(Answer.TAKEN, retried(sample));
            int repeated = 0;
            for (int step = 0; step < pieces.size(); step++) {
                var piece =
                        Sending.message(sample.address(), "").step("delivery-1/" + step, pieces.get(step), step == 0);
                Outcome outcome = sample.send(account, piece);
                if (!(outcome instanceof Outcome.Sent)) {
                    is(Outcome.Retry.class, outcome, "a piece that fails");
                    repeated++;
                    is(Outcome.Sent.class, sentAgain(sample, account, piece), "the same at the next attempts");
                }
            }
            Expect.equal(repeated, 1, "the number of pieces that failed");
        }
        String taken = String.join(
                "\n",
                sample.provider()
                        .script()
                        .taken()
                        .subList(before, sample.provider().script().taken().size()));
        for (List<Part> piece : pieces) {
            String[] words = ((Part.Text) piece.get(0)).text().strip().split(" ");
            for (String word : List.of(words[0], words[words.length / 2], words[words.length - 1])) {
                int count = taken.split(word, -1).length - 1;
                Expect.equal(count, 1, "how often the word " + word + " was taken");
            }
        }
    }

    /** A line that broke meanwhile is opened again before long: until then an attempt surely sends nothing. */
    private static Outcome sentAgain(LineSample sample, Account account, ToCustomer piece) {
        Outcome[] last = {sample.send(account, piece)};
        Lines.await(() -> {
            if (last[0] instanceof Outcome.Retry) {
                last[0] = sample.send(account, piece);
            }
            return !(last[0] instanceof Outcome.Retry);
        });
        return last[0];
    }

    private static Answer retried(LineSample sample) {
        return Arrays.stream(new Answer[] {Answer.FAILED, Answer.BUSY})
                .filter(answer -> sample.provider().lacks(answer).isEmpty())
                .findFirst()
                .orElseThrow(() -> new NotApplicable("nobody is there who could fail in the midst of a message"));
    }
}
