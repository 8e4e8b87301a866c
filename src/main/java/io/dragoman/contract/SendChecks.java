// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.RetrySafety;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How an attempt ends, and what leaves by it. */
final class SendChecks {
    static final String GROUP = "sending";

    private SendChecks() {}

    static List<ContractCheck> all() {
        return List.of(
                Sending.check(
                        GROUP,
                        "throttled",
                        "An answer that there are too many, as 429, is tried again when the provider asks.",
                        SendChecks::throttled,
                        LineChecks::throttled),
                Sending.check(
                        GROUP,
                        "unavailable",
                        "An answer that it cannot now, as 503, is tried again when the provider asks.",
                        SendChecks::unavailable,
                        LineChecks::unavailable),
                Sending.check(
                        GROUP,
                        "asked to wait, not for how long",
                        "Without Retry-After a 429 and a 503 are tried again by the schedule.",
                        SendChecks::unhurried,
                        LineChecks::unhurried),
                Sending.check(GROUP, "refused", "A refusal is final.", SendChecks::refused, LineChecks::refused),
                Sending.check(
                        GROUP,
                        "wrong credentials",
                        "A login that is refused, as by 401 or 403, is named for what it is.",
                        SendChecks::credentials,
                        LineChecks::credentials),
                Sending.check(
                        GROUP,
                        "redirected",
                        "A redirect is neither followed nor taken for success.",
                        SendChecks::redirected,
                        LineChecks::redirected),
                Sending.check(
                        GROUP,
                        "server error",
                        "What may have been carried out is uncertain.",
                        SendChecks::serverError,
                        LineChecks::serverError),
                Sending.check(
                        GROUP,
                        "silence and hanging up",
                        "A lost answer is uncertain.",
                        SendChecks::silence,
                        LineChecks::silence),
                Sending.check(
                        GROUP,
                        "unreachable",
                        "What surely did not leave is tried again.",
                        SendChecks::unreachable,
                        LineChecks::unreachable),
                Sending.check(
                        GROUP,
                        "odd answers",
                        "No answer is an exception.",
                        SendChecks::oddAnswers,
                        LineChecks::oddAnswers),
                Sending.check(
                        GROUP,
                        "content out, credentials hidden",
                        "The text reaches the provider; calls, logged, show neither text nor secret.",
                        SendChecks::content,
                        LineChecks::content),
                Sending.check(
                        GROUP,
                        "an answer is not shown",
                        "What a provider repeats of text and secrets is in no outcome.",
                        SendChecks::answer,
                        LineChecks::answer),
                Sending.check(
                        GROUP,
                        "nothing is logged",
                        "Neither text nor secret is in a log line.",
                        SendChecks::silent,
                        LineChecks::silent),
                Sending.check(
                        GROUP,
                        "one attempt",
                        "Repeating is the outbox's to decide.",
                        SendChecks::once,
                        LineChecks::once),
                Sending.check(
                        GROUP,
                        "our key is sent",
                        "IDEMPOTENT is said only of a provider that gets our key.",
                        SendChecks::key,
                        LineChecks::key));
    }

    private static void throttled(SendSample sample) {
        Outcome outcome =
                Sending.to(sample, FakeProvider.answering(429, Map.of("Retry-After", "7"), Sending.echo(sample)));
        Outcome.Retry retry = is(Outcome.Retry.class, outcome, "429");
        Expect.equal(retry.reason(), Reason.THROTTLED, "the reason of 429");
        Expect.equal(
                String.valueOf(retry.after()), String.valueOf(Duration.ofSeconds(7)), "the wait of Retry-After: 7");
    }

    private static void unavailable(SendSample sample) {
        Outcome outcome = Sending.to(sample, FakeProvider.answering(503, Map.of("Retry-After", "9"), "busy"));
        Outcome.Retry retry = is(Outcome.Retry.class, outcome, "503");
        Expect.equal(
                String.valueOf(retry.after()), String.valueOf(Duration.ofSeconds(9)), "the wait of Retry-After: 9");
    }

    private static void unhurried(SendSample sample) {
        for (int status : List.of(429, 503)) {
            is(Outcome.Retry.class, Sending.to(sample, FakeProvider.answering(status, Map.of(), "{}")), "" + status);
        }
    }

    private static void refused(SendSample sample) {
        for (int status : List.of(400, 404, 413, 422)) {
            Outcome outcome = Sending.to(sample, FakeProvider.answering(status, Map.of(), Sending.echo(sample)));
            if (!(outcome instanceof Outcome.Gone)) { // a desk may take it for a ticket that is no longer there
                is(Outcome.Refused.class, outcome, "" + status);
            }
        }
    }

    private static void credentials(SendSample sample) {
        for (int status : List.of(401, 403)) {
            Outcome outcome = Sending.to(sample, FakeProvider.answering(status, Map.of(), Sending.echo(sample)));
            Outcome.Refused refused = is(Outcome.Refused.class, outcome, "" + status);
            Expect.equal(refused.reason(), Reason.AUTHENTICATION_FAILED, "the reason of " + status);
        }
    }

    private static void redirected(SendSample sample) {
        try (FakeProvider elsewhere = FakeProvider.answering(200, Map.of(), "{}")) {
            Map<String, String> headers = Map.of("Location", elsewhere.baseUrl().toString());
            Outcome outcome = Sending.to(sample, FakeProvider.answering(307, headers, ""));
            Expect.that(!(outcome instanceof Outcome.Sent), "Sent for 307", "no success");
            Expect.that(elsewhere.bodies().isEmpty(), "a redirect that was followed", "no call elsewhere");
        }
    }

    private static void serverError(SendSample sample) {
        for (Map.Entry<Integer, String> one :
                Map.of(500, Sending.echo(sample), 502, "<html>").entrySet()) {
            Outcome outcome = Sending.to(sample, FakeProvider.answering(one.getKey(), Map.of(), one.getValue()));
            is(Outcome.Uncertain.class, outcome, "" + one.getKey());
        }
    }

    private static void silence(SendSample sample) {
        Outcome silent = Sending.to(sample, FakeProvider.silent(), Duration.ofMillis(100));
        Expect.equal(is(Outcome.Uncertain.class, silent, "silence").reason(), Reason.TIMEOUT, "the reason of silence");
        is(Outcome.Uncertain.class, Sending.to(sample, FakeProvider.hangingUp()), "hanging up");
    }

    private static void unreachable(SendSample sample) {
        FakeProvider gone = FakeProvider.answering(200, Map.of(), "{}");
        gone.close();
        is(Outcome.Retry.class, Sending.to(sample, gone), "a refused connection");
    }

    private static void oddAnswers(SendSample sample) {
        for (String body : List.of(
                "", "null", "[]", "{}", "\"x\"", "<html>", "{\"error\":7}", "{\"error\":{}}", "[".repeat(9_999))) {
            for (int status : List.of(200, 400, 500)) {
                Sending.to(sample, FakeProvider.answering(status, Map.of(), body)); // which must not throw
            }
        }
    }

    private static void content(SendSample sample) {
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{}")) {
            ContractTransport wire = Sending.wire(sample, Sending.PATIENCE);
            Sending.send(sample, provider.granting(sample.grants()).baseUrl(), wire);
            Expect.that(
                    provider.bodies().stream().anyMatch(body -> body.contains(SendSample.SENT_CANARY)),
                    "calls without the text",
                    "the text in a body");
            for (HttpCall call : wire.calls()) {
                Sending.hides(sample, call.toString());
                // a secret may have a header of its own, such as X-API-Key: the call is trusted, and shows none
                call.headers().values().forEach(value -> Expect.hides(value, List.of(SendSample.SENT_CANARY)));
                Expect.that(
                        call.isTrusted(), "a call that the operator's address is not trusted for", "trusting(baseUrl)");
            }
        }
    }

    private static void answer(SendSample sample) {
        for (int status : List.of(200, 201)) {
            Sending.to(sample, FakeProvider.answering(status, Map.of(), Sending.echo(sample)));
        }
    }

    private static void silent(SendSample sample) {
        try (Logged logged = Logged.of(sample.connector())) {
            for (int status : List.of(200, 400, 503)) {
                Sending.to(sample, FakeProvider.answering(status, Map.of(), Sending.echo(sample)));
            }
            logged.lines().forEach(line -> Sending.hides(sample, line));
        }
    }

    private static void once(SendSample sample) {
        try (FakeProvider provider = FakeProvider.answering(503, Map.of(), "{}")) {
            ContractTransport wire = Sending.wire(sample, Sending.PATIENCE);
            Sending.send(sample, provider.granting(sample.grants()).baseUrl(), wire);
            Expect.distinct(
                    wire.calls().stream()
                            .map(call -> call.method() + " " + call.uri())
                            .toList(),
                    "calls of one attempt");
        }
    }

    private static void key(SendSample sample) {
        if (sample.connector().retrySafety() != RetrySafety.IDEMPOTENT) {
            throw new NotApplicable("its provider knows no key of ours");
        }
        Set<String> same = Sending.words(sample, sample.outbound());
        Set<String> others = Sending.words(sample, Sending.again("another-delivery", sample.outbound()));
        same.retainAll(Sending.words(sample, sample.outbound()));
        same.removeAll(others);
        Expect.that(
                !same.isEmpty(),
                "nothing that is the same for one delivery and another for the next",
                "the delivery's key, or what is made of it, in a header, the address or the body");
    }

    private static <T extends Outcome> T is(Class<T> type, Outcome outcome, String answer) {
        Expect.that(
                type.isInstance(outcome),
                outcome.getClass().getSimpleName() + " for " + answer,
                "Outcome." + type.getSimpleName());
        return type.cast(outcome);
    }
}
