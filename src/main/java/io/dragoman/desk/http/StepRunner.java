// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Gone;
import io.dragoman.connector.Outcome.Refused;
import io.dragoman.connector.Outcome.Retry;
import io.dragoman.connector.Outcome.Sent;
import io.dragoman.connector.Response;
import io.dragoman.connector.Transport;
import io.dragoman.model.Reason;
import io.dragoman.profile.AnswerReader;
import io.dragoman.profile.Expression;
import io.dragoman.profile.ExpressionFailed;
import io.dragoman.profile.UploadFile;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks what another request needs, and keeps what was answered. Whatever fails here is surely not written: a repetition
 * asks all of it again, so that what the first try made is found. For one attempt and one thread.
 */
final class StepRunner {
    private static final int NOT_FOUND = 404;

    private final Account account;
    private final DeskProfile profile;
    private final URI base;
    private final Transport transport;
    private final Map<String, Object> context;
    private final NoticeFiles files;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, String> news = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private boolean stale;
    private boolean nothing;
    private boolean changed;

    /**
     * @param kept of the conversation
     * @param former the names of what in it belongs to another ticket
     * @param context what expressions see; what is answered is put there as {@code steps}
     */
    StepRunner(
            Account account,
            DeskProfile profile,
            URI base,
            Transport transport,
            Map<String, String> kept,
            Set<String> former,
            Map<String, Object> context,
            NoticeFiles files) {
        this.account = account;
        this.profile = profile;
        this.base = base;
        this.transport = transport;
        this.context = context;
        this.files = files;
        kept.forEach((name, value) -> {
            if (former.contains(name)) {
                news.put(name, "");
            } else {
                values.put(name, value);
                known.add(name);
            }
        });
        context.put("steps", values);
    }

    /** How a request ended that gives a value, or none. */
    private record Given(Outcome outcome, @Nullable Object value) {
        static final Given NOTHING = new Given(new Sent(null), null);

        boolean failed() {
            return !(outcome instanceof Sent);
        }

        @Override
        public String toString() {
            return "Given[" + outcome + "]";
        }
    }

    /** What an answer means; it is noted whether it says that something is no longer good which was kept. */
    Outcome read(AnswerReader answer, Response response, Map<String, Object> here) {
        stale = answer.code(response, here).filter(profile::isStale).isPresent();
        return answer.outcome(response, here);
    }

    /** Whether the last answer said so, and something was kept: then all of these are asked anew. */
    boolean forgetStale(List<Step> steps) {
        List<String> old =
                steps.stream().map(Step::name).filter(known::contains).toList();
        if (!stale || old.isEmpty()) {
            return false;
        }
        steps.forEach(step -> values.remove(step.name()));
        old.forEach(name -> news.put(name, ""));
        return true;
    }

    /** What was uploaded is not named any more. */
    void withoutFiles(List<Step> steps) {
        steps.stream().filter(Step::takesFiles).forEach(step -> values.put(step.name(), List.of()));
    }

    /** Whether the last step ended without a value, although it was answered. */
    boolean gaveNothing() {
        return nothing;
    }

    /** What is new and stays true for the conversation. */
    Map<String, String> news() {
        return Map.copyOf(news);
    }

    /** Asks each whose value is not known; empty when all are there, else how it ended. */
    Optional<Outcome> run(List<Step> steps) throws ExpressionFailed {
        for (Step step : steps) {
            boolean wanted = !values.containsKey(step.name())
                    && (step.when() == null || step.when().test(context, context));
            Optional<Outcome> failed = wanted ? run(step) : Optional.empty();
            if (failed.isPresent()) {
                return failed;
            }
        }
        return Optional.empty();
    }

    private Optional<Outcome> run(Step step) throws ExpressionFailed {
        nothing = false;
        Expression each = step.each();
        if (each == null) {
            Given given = first(step, context, List.of());
            return given.failed() ? Optional.of(given.outcome()) : keep(step, given.value());
        }
        List<?> items = each.list(context, context);
        List<Object> all = new ArrayList<>();
        for (Object item : items == null ? List.of() : List.copyOf(items)) {
            Map<String, Object> here = new HashMap<>(context);
            here.put("item", item);
            List<UploadFile> upload = files.upload(item).map(List::of).orElse(List.of());
            Given given = first(step, here, upload);
            if (given.failed() && (upload.isEmpty() || isPressed(given.outcome()))) {
                return Optional.of(given.outcome());
            } else if (!upload.isEmpty() && (given.failed() || (given.value() == null && step.gives()))) {
                files.drop(item);
            } else if (given.value() != null) {
                all.add(given.value());
            }
        }
        values.put(step.name(), all);
        return Optional.empty();
    }

    /** The helpdesk takes nothing at this moment, so that the write would fail as well. */
    private static boolean isPressed(Outcome outcome) {
        return outcome instanceof Retry retry && retry.reason() == Reason.THROTTLED;
    }

    private Optional<Outcome> keep(Step step, @Nullable Object value) {
        String text = Expression.asText(value);
        Object found = step.keep() ? text : value;
        nothing = found == null;
        if (found == null) {
            return step.optional() || !step.gives() ? Optional.empty() : Optional.of(withoutValue(step));
        }
        values.put(step.name(), found);
        if (step.keep() && text != null) {
            news.put(step.name(), text);
        }
        return Optional.empty();
    }

    private Outcome withoutValue(Step step) {
        String detail = profile.title() + " gave no value for the step " + step.name();
        if (changed) {
            return new Retry(Reason.PROVIDER_DOWN, detail); // what is made has an id: whoever answered made nothing
        }
        return step.awaited()
                ? new Retry(Reason.RECIPIENT_UNKNOWN, detail)
                : new Refused(Reason.CONTENT_REFUSED, detail);
    }

    /** The first request that gives a value. */
    private Given first(Step step, Map<String, Object> here, List<UploadFile> upload) throws ExpressionFailed {
        changed = false;
        for (Step.Ask ask : step.asks()) {
            if (ask.when() == null || ask.when().test(here, here)) {
                Given given = ask(step, ask, here, upload);
                if (given.failed() || given.value() != null) {
                    return given;
                }
            }
        }
        return Given.NOTHING;
    }

    private Given ask(Step step, Step.Ask ask, Map<String, Object> here, List<UploadFile> upload)
            throws ExpressionFailed {
        HttpCall call = ask.request().call(base, here, ask.request().uploads() ? upload : List.of());
        changed = !call.method().equals("GET");
        List<Given> answered = new ArrayList<>();
        Outcome outcome = ask.request().attempt(account, call, transport, response -> {
            Given given = given(ask, call, response, here);
            answered.add(given);
            return given.outcome();
        });
        Outcome sure = outcome instanceof Gone gone && !step.ofTicket()
                ? new Refused(Reason.CONTENT_REFUSED, gone.detail())
                : outcome.repeatable();
        return sure instanceof Sent ? answered.get(answered.size() - 1) : new Given(sure, null);
    }

    private Given given(Step.Ask ask, HttpCall call, Response response, Map<String, Object> here) {
        if (response.status() == NOT_FOUND && call.method().equals("GET")) {
            return Given.NOTHING; // what is looked for is not there
        }
        Outcome outcome = read(ask.answer(), response, here);
        boolean asked =
                outcome instanceof Sent && ask.value() != null && call.method().equals("GET");
        if (asked && EmptyAnswer.isOne(ask.answer().body(response))) {
            String detail = profile.title() + " answered " + response.status() + " with nothing in it";
            return new Given(new Retry(Reason.PROVIDER_DOWN, detail), null);
        }
        try {
            return outcome instanceof Sent && ask.value() != null
                    ? new Given(outcome, ask.answer().value(ask.value(), response, here))
                    : new Given(outcome, null);
        } catch (ExpressionFailed e) {
            return new Given(new Refused(Reason.UNSUPPORTED, String.valueOf(e.getMessage())), null);
        }
    }
}
