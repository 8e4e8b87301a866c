// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Sent;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import io.dragoman.profile.CallTemplate;
import io.dragoman.profile.Expression;
import io.dragoman.profile.ExpressionFailed;
import io.dragoman.profile.SettingText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a helpdesk what changed, one page of its list at a time. For one poll and one thread. */
final class Poller {
    /** How often, where a profile says it. */
    static final Setting<Duration> EVERY = new Setting<>(
            "pollEvery",
            "How often to ask the helpdesk what changed; off for never.",
            Setting.Type.DURATION,
            "1m",
            false,
            List.of(),
            Poller::parse);

    /** How far the first poll looks back. */
    static final Setting<Duration> BACK = Setting.duration(
                    "pollBack", "How far back the first poll looks: what agents wrote before it is not asked for.")
            .or("1h");

    private static final int MOST_PAGES = 1_000;
    private static final int MOST_REFUSALS = 5;
    private static final int MOST_UNANSWERED = 3;
    private static final int TOO_MANY = 429;
    private static final Duration PAUSE = Duration.ofSeconds(10);
    /** So long an answer waits for what others of its page have to say. */
    private static final Duration LONGEST_PART = Duration.ofSeconds(10);

    private final Account account;
    private final DeskProfile profile;
    private final Poll poll;
    private final Reader reader;
    private final ToldItems known;
    private final List<Object> asked = new ArrayList<>();
    private final Transport transport;
    private final PollContext context;
    private final ItemDetails details;

    /**
     * @param reader what becomes of what is taken
     * @param known what earlier polls told of that stays as it is
     */
    Poller(
            Account account,
            DeskProfile profile,
            Poll poll,
            Reader reader,
            ToldItems known,
            Transport transport,
            PollContext context) {
        this.account = account;
        this.profile = profile;
        this.poll = poll;
        this.reader = reader;
        this.known = known;
        this.transport = transport;
        this.context = context;
        this.details = new ItemDetails(poll, this::ask);
    }

    /** Reads what was taken. */
    @FunctionalInterface
    interface Reader {
        List<DeskEvent> read(Request request) throws MalformedPayload;
    }

    private static Duration parse(String text) {
        return text.equals("off") || text.equals("false")
                ? Duration.ZERO
                : Setting.duration("pollEvery", "").parser().apply(text);
    }

    /** Takes one page, or waits for the time of the next poll. */
    Batch poll(String position) throws TransportFailure {
        Instant now = context.clock().instant();
        PollPosition from =
                PollPosition.read(position).orElseGet(() -> PollPosition.first(now.minus(account.get(BACK))));
        Instant next = from.polled().plus(account.get(EVERY));
        if (from.page() == null && !context.starting() && next.isAfter(now)) {
            context.rest(Duration.between(now, next));
            return new Batch(List.of(), position);
        }
        known.stored(account, position);
        try {
            Batch batch = page(from, now);
            if (poll.once() && !batch.position().equals(position)) {
                known.told(account, batch.position(), asked);
            }
            return batch;
        } catch (ExpressionFailed e) {
            throw TransportFailure.notSent(Reason.UNSUPPORTED, String.valueOf(e.getMessage()));
        }
    }

    private Batch page(PollPosition at, Instant now) throws TransportFailure, ExpressionFailed {
        Map<String, Object> variables = variables(at);
        Response response = ask(poll.request(), variables);
        if (poll.accepted() != null && !Expression.isTrue(poll.answer().value(poll.accepted(), response, variables))) {
            throw TransportFailure.notSent(
                    Reason.PROVIDER_DOWN, profile.title() + " answered a poll with an error in its body");
        }
        Instant told = response.answeredAt();
        Object cursor = poll.cursor() == null ? null : poll.answer().value(poll.cursor(), response, variables);
        Instant begun = at.began() != null ? at.began() : told != null ? told : now;
        Page page = taken(items(response, variables), at, variables, now);
        if (page.brokenOff()) {
            if (page.taken().isEmpty()) { // what is new is handed on at once
                context.rest(PAUSE);
            }
            return new Batch(page.taken(), at.write(), page.problem(profile.title()));
        }
        if (page.isPart()) {
            return new Batch(page.taken(), at.within().write(), page.problem(profile.title()));
        }
        PollPosition from = (page.refusals().isEmpty() ? at : at.missing()).at(Expression.asText(cursor));
        Object following = poll.next() == null ? null : poll.answer().value(poll.next(), response, variables);
        if (following != null && !following.equals(from.pageValue()) && from.pages() < MOST_PAGES) {
            return new Batch(page.taken(), from.next(begun, following).write(), page.problem(profile.title()));
        }
        String problem = following == null
                ? page.problem(profile.title())
                : profile.title() + " has a list of what changed without an end";
        return new Batch(
                page.taken(), from.done(begun.minus(poll.overlap()), now).write(), problem);
    }

    /**
     * What of a page is new, and how the helpdesk refused to say more of some of it.
     *
     * @param cut of how many it has more to say than is read
     * @param brokenOff whether it answered no more: the same page is asked for again, so that its end is not missed
     * @param isPart whether all of it would take long: the same page is asked for again, but not what was told
     */
    private record Page(List<Request> taken, List<String> refusals, int cut, boolean brokenOff, boolean isPart) {
        @Nullable
        String problem(String title) {
            return refusals.isEmpty() ? cutOff(title) : refused(title);
        }

        private @Nullable String cutOff(String title) {
            return cut == 0
                    ? null
                    : title + " has more than " + ItemDetails.MOST_PAGES + " pages of details of what changed (" + cut
                            + " of the list): those behind them are not read";
        }

        private String refused(String title) {
            return title + " answered " + refusals.get(0) + " when it was asked for the details of what changed ("
                    + refusals.size() + " of the list): the rest is taken, these are asked for again";
        }
    }

    /** One thing that the helpdesk cannot tell of keeps back nothing else; where it can tell of none, it is down. */
    private Page taken(List<?> items, PollPosition from, Map<String, Object> variables, Instant now)
            throws TransportFailure, ExpressionFailed {
        List<Request> taken = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        int told = 0;
        int cut = 0;
        int unanswered = 0;
        for (Object item : items) {
            if (poll.once() && known.contains(account, item)) {
                continue;
            }
            if (poll.once() && told > 0 && isLong(now)) {
                return new Page(taken, refusals, cut, false, true);
            }
            ItemDetails.Told one;
            try {
                one = details.of(item, variables);
                unanswered = 0;
            } catch (TransportFailure e) {
                if (told == 0 || e.reason() != Reason.PROVIDER_DOWN || e.isLoginRefused()) {
                    throw e;
                }
                one = ItemDetails.Told.refused("nothing (" + e.detail() + ")");
                unanswered++;
            }
            String refusal = one.refusal();
            if (refusal == null) {
                told++;
                cut += one.cut() ? 1 : 0;
                asked.add(item);
                one.pages().stream()
                        .map(page -> request(page, from, now))
                        .filter(this::isNew)
                        .forEach(taken::add);
                continue;
            }
            refusals.add(refusal);
            if (told == 0 && refusals.size() >= MOST_REFUSALS) {
                throw TransportFailure.notSent(
                        Reason.PROVIDER_DOWN, profile.title() + " answered a poll with " + refusal);
            }
            if (unanswered >= MOST_UNANSWERED) {
                return new Page(taken, refusals, cut, true, false);
            }
        }
        return new Page(taken, refusals, cut, false, false);
    }

    private boolean isLong(Instant begun) {
        return context.clock().instant().isAfter(begun.plus(LONGEST_PART));
    }

    private Map<String, Object> variables(PollPosition from) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("settings", SettingText.all(account));
        variables.put("since", from.since().toString());
        variables.put("sinceSeconds", from.since().getEpochSecond());
        Object page = from.pageValue();
        if (page != null) {
            variables.put("page", page);
        }
        if (from.cursor() != null) {
            variables.put("cursor", from.cursor());
        }
        return variables;
    }

    private List<?> items(Response response, Map<String, Object> variables) throws ExpressionFailed, TransportFailure {
        Object body = poll.answer().body(response);
        if (body == null || (poll.items() == null && !(body instanceof List))) {
            throw TransportFailure.notSent(
                    Reason.PROVIDER_DOWN, profile.title() + " answered a poll with something that is no list");
        }
        Object found = poll.items() == null ? body : poll.answer().value(poll.items(), response, variables);
        return found == null ? List.of() : found instanceof List<?> list ? List.copyOf(list) : List.of(found);
    }

    /** An item as it is stored and read, with what was asked of it. */
    private static Request request(Map<String, Object> all, PollPosition from, Instant now) {
        return new Request(
                Request.Origin.BACKFILLED,
                "",
                "poll",
                "since=" + from.since(),
                Map.of(),
                Json.write(all).getBytes(StandardCharsets.UTF_8),
                now);
    }

    /** Whether something in it was not taken before; what cannot be read is shown to somebody. */
    private boolean isNew(Request request) {
        try {
            return reader.read(request).stream().anyMatch(event -> !context.taken(event.key()));
        } catch (MalformedPayload e) {
            return true;
        }
    }

    /** A successful answer; of details also one that refuses them. */
    private Response ask(CallTemplate template, Map<String, Object> variables)
            throws TransportFailure, ExpressionFailed {
        Duration left = context.limit();
        while (true) {
            Response response = once(template, variables);
            Duration pause = response.retryAfter().orElse(PAUSE);
            if (response.status() != TOO_MANY || pause.compareTo(left) > 0 || context.stopping()) {
                return checked(response, !template.equals(poll.request()));
            }
            context.rest(pause);
            left = left.minus(pause);
        }
    }

    private Response checked(Response response, boolean detail) throws TransportFailure {
        boolean pressed = response.status() == TOO_MANY || response.status() == 401;
        if (response.ok() || (detail && !pressed)) {
            return response;
        }
        String told = profile.title() + " answered a poll with " + response.status();
        if (response.status() == 401 || response.status() == 403) {
            throw TransportFailure.loginRefused(told);
        }
        if (response.status() == TOO_MANY && !context.stopping()) {
            context.rest(response.retryAfter().orElse(PAUSE));
        }
        throw TransportFailure.notSent(response.status() == TOO_MANY ? Reason.THROTTLED : Reason.PROVIDER_DOWN, told);
    }

    private Response once(CallTemplate template, Map<String, Object> variables)
            throws TransportFailure, ExpressionFailed {
        URI base = profile.base(account)
                .orElseThrow(() -> new ExpressionFailed("the account has no " + DeskProfile.BASE_URL));
        HttpCall call = template.call(base, variables, List.of());
        List<Response> answers = new ArrayList<>();
        Outcome outcome = template.attempt(account, call, transport, response -> {
            answers.add(response);
            return new Sent(null);
        });
        @Nullable Response response = answers.isEmpty() ? null : answers.get(answers.size() - 1);
        if (outcome instanceof Sent && response != null) {
            return response;
        }
        if (outcome instanceof Outcome.Refused refused && refused.reason() == Reason.AUTHENTICATION_FAILED) {
            throw TransportFailure.loginRefused(refused.detail());
        }
        throw TransportFailure.notSent(Reason.PROVIDER_DOWN, NoticeAttempt.detail(outcome));
    }
}
