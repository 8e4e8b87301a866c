// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.DeliveryLookup.Absent;
import io.dragoman.connector.DeliveryLookup.Answer;
import io.dragoman.connector.DeliveryLookup.Found;
import io.dragoman.connector.DeliveryLookup.Unknown;
import io.dragoman.connector.DeskIds;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Gone;
import io.dragoman.connector.Outcome.Refused;
import io.dragoman.connector.Outcome.Retry;
import io.dragoman.connector.Outcome.Sent;
import io.dragoman.connector.Response;
import io.dragoman.connector.Transport;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.profile.Documents;
import io.dragoman.profile.Expression;
import io.dragoman.profile.ExpressionFailed;
import io.dragoman.profile.SettingText;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One attempt to bring a notice to a helpdesk: the steps before, one write, the steps after. For one thread. */
final class NoticeAttempt {
    /** How soon to look up again where that failed. */
    static final Duration AGAIN = Duration.ofMinutes(1);

    /** How far the helpdesk's clock may be behind ours. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private static final int NOT_FOUND = 404;

    /** The reasons that a file may be the cause of: few helpdesks have a code of its own for that. */
    private static final Set<Reason> OF_CONTENT =
            EnumSet.of(Reason.TOO_LARGE, Reason.MEDIA_REFUSED, Reason.CONTENT_REFUSED, Reason.UNSUPPORTED);

    private final Account account;
    private final DeskProfile profile;
    private final ToDesk told;
    private final DeskCall call;
    private final Transport transport;
    private final URI base;
    private final Map<String, Object> context;
    private final NoticeFiles files;
    private final StepRunner steps;

    NoticeAttempt(Account account, DeskProfile profile, ToDesk told, DeskCall call, Transport transport)
            throws ExpressionFailed {
        this.account = account;
        this.profile = profile;
        this.told = told;
        this.call = call;
        this.transport = transport;
        this.base = profile.base(account)
                .orElseThrow(() -> new ExpressionFailed("the account has no " + DeskProfile.BASE_URL));
        this.files = call.takesFiles()
                ? NoticeFiles.of(account, told.key(), told.notice().data().message(), profile.fileLimits(), transport)
                : new NoticeFiles();
        this.context = context();
        Set<String> former = opens() ? profile.keptOfTickets() : Set.of();
        this.steps = new StepRunner(account, profile, base, transport, told.kept(), former, context, files);
    }

    private Map<String, Object> context() throws ExpressionFailed {
        if (!(Documents.json(Json.write(told.notice())) instanceof Map<?, ?> notice)) {
            throw new ExpressionFailed("the notice cannot be read");
        }
        Instant now = transport.clock().instant();
        Map<String, Object> all = NoticeContext.of(told, notice);
        all.put("settings", SettingText.all(account));
        all.put("words", profile.words());
        all.put("theirs", Sorting.of(account).theirs(told.notice().data().conversation()));
        all.put("callback", profile.callback(account));
        all.put("sentAt", now.toString());
        all.put("seconds", now.getEpochSecond());
        all.put(Step.FILES, files.all());
        return all;
    }

    /** Whether it is sent at all. */
    boolean wanted() throws ExpressionFailed {
        return call.when() == null || call.when().test(context, context);
    }

    /**
     * Writes it; where something is no longer good which was kept, once more with what is asked anew, and where it may be
     * the files that are refused, once more without them.
     */
    Outcome write() throws ExpressionFailed {
        Outcome outcome = once();
        boolean refused =
                outcome instanceof Refused || (outcome instanceof Gone && opens()); // there is no ticket to go
        if (refused && steps.forgetStale(call.needs())) {
            outcome = once();
        }
        if (outcome instanceof Refused no && mayBeForFiles(no)) {
            files.dropAll();
            steps.withoutFiles(call.needs());
            outcome = once();
        }
        return outcome;
    }

    private Outcome once() throws ExpressionFailed {
        Optional<Outcome> failed = steps.run(call.needs());
        if (failed.isPresent()) {
            return failed.get();
        }
        Outcome outcome = request();
        return outcome instanceof Sent sent ? after(sent).keeping(steps.news()) : outcome;
    }

    /** What was refused is surely not written: with links in place of the files it may be taken. */
    private boolean mayBeForFiles(Refused refused) {
        return call.carriesFiles() && !files.all().isEmpty() && OF_CONTENT.contains(refused.reason());
    }

    private Outcome request() throws ExpressionFailed {
        context.put(Step.FILES, files.all());
        if (call.carriesFiles()) {
            NoticeContext.words(context, told.notice(), files::has, this::remark);
        }
        HttpCall request = call.request().call(base, context, call.request().uploads() ? files.uploads() : List.of());
        Outcome outcome = call.request()
                .attempt(account, request, transport, response -> steps.read(call.answer(), response, context));
        return outcome instanceof Sent sent && namesNothing(sent)
                ? new Outcome.Uncertain(
                        Reason.PROVIDER_DOWN, profile.title() + " answered that it took it, without an id of it")
                : outcome;
    }

    private String remark(Part.Media file) {
        return files.isRefused(file) ? profile.title() + " did not take this file" : "";
    }

    /** Whether it is no more than a good status, as of a proxy in front: the profile knows an id in what is written. */
    private boolean namesNothing(Sent sent) {
        return opens()
                ? call.answer().id() != null && sent.externalId() == null
                : profile.writes(call) && call.answer().written() != null && sent.written() == null;
    }

    /** It is written: what fails from here on is told, and writes nothing again. */
    private Sent after(Sent sent) {
        List<String> losses = new ArrayList<>(sent.losses());
        losses.addAll(follow(call.then(), sent.externalId(), sent.written()));
        return new Sent(sent.externalId(), losses, sent.note(), sent.written());
    }

    /** Does what follows a write; returns what of it was not done. */
    private List<String> follow(List<Step> then, @Nullable String reference, @Nullable String written) {
        if (reference != null) {
            context.putIfAbsent("reference", reference);
        }
        if (written != null) {
            context.put("written", written);
        }
        Optional<String> failed = afterwards(then);
        List<String> losses = new ArrayList<>();
        failed.ifPresent(why -> losses.add(profile.title() + " was sent a part of it alone: " + why + "."));
        if (files.refused() > 0) {
            losses.add(
                    profile.title() + " did not take files, whose links stand in the text: " + files.refused() + ".");
        }
        return losses;
    }

    private Optional<String> afterwards(List<Step> then) {
        try {
            return steps.run(then).map(NoticeAttempt::detail);
        } catch (ExpressionFailed e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Why something failed, for the operator. */
    static String detail(Outcome outcome) {
        if (outcome instanceof Retry retry) {
            return retry.detail();
        }
        if (outcome instanceof Outcome.Uncertain uncertain) {
            return uncertain.detail();
        }
        if (outcome instanceof Gone gone) {
            return gone.detail();
        }
        return outcome instanceof Refused refused ? refused.detail() : "it is not known why";
    }

    /**
     * Asks whether the helpdesk has it, page by page; what follows a write follows what is found as well.
     *
     * @param since when the attempt began whose end is unknown
     * @param known whether an id belongs to something else of ours
     */
    Answer lookUp(LookUp lookUp, Instant since, Predicate<String> known) throws ExpressionFailed {
        Instant from = since.minus(SKEW);
        context.put("since", from.toString());
        context.put("sinceSeconds", from.getEpochSecond());
        context.put("doubt", true);
        if (lookUp.when() != null && !lookUp.when().test(context, context)) {
            return new Absent();
        }
        Optional<Outcome> failed = steps.run(lookUp.needs());
        if (failed.isPresent()) {
            // what it is looked for by is not there, such as a customer who was to be made with it
            return steps.gaveNothing() ? absent(lookUp, since) : unknown(failed.get());
        }
        for (int pages = 0; pages < ItemDetails.MOST_PAGES; pages++) {
            Page page = page(lookUp, known);
            if (page.answer() instanceof Found found) {
                List<String> losses = follow(lookUp.then(), found.externalId(), found.written());
                return new Found(found.externalId(), found.written(), losses, steps.news());
            }
            if (page.answer() != null || page.next() == null) {
                return page.answer() == null ? absent(lookUp, since) : page.answer();
            }
            context.put("page", page.next());
        }
        return new Unknown(profile.title() + " has too much to look through since the attempt", null);
    }

    /**
     * What one page says.
     *
     * @param answer null where it is not there
     * @param next what the next page is asked by; null where there is none
     */
    private record Page(@Nullable Answer answer, @Nullable Object next) {}

    private Page page(LookUp lookUp, Predicate<String> known) throws ExpressionFailed {
        HttpCall request = lookUp.request().call(base, context, List.of());
        List<Page> pages = new ArrayList<>();
        Outcome outcome = lookUp.request().attempt(account, request, transport, response -> {
            Outcome ended = lookUp.answer().outcome(response, context);
            boolean missing = ended instanceof Gone
                    || (response.status() == NOT_FOUND && request.method().equals("GET"));
            if (missing || ended instanceof Sent) {
                pages.add(missing ? new Page(null, null) : read(lookUp, response, known));
            }
            return ended;
        });
        return pages.isEmpty() ? new Page(unknown(outcome), null) : pages.get(pages.size() - 1);
    }

    private Page read(LookUp lookUp, Response response, Predicate<String> known) {
        Object body = lookUp.answer().body(response);
        if (EmptyAnswer.lacks(body, lookUp.reference(), lookUp.written(), lookUp.found())) {
            String detail = profile.title() + " answered " + response.status() + ", without what it was asked for";
            return new Page(new Unknown(detail, AGAIN), null);
        }
        try {
            String reference = first(lookUp, lookUp.reference(), response, DeskIds.tickets(known));
            String written = first(lookUp, lookUp.written(), response, DeskIds.written(known));
            Expression found = lookUp.found();
            boolean there = found == null
                    ? reference != null || written != null
                    : Expression.isTrue(lookUp.answer().value(found, response, context));
            if (!there) {
                Object next = lookUp.next() == null ? null : lookUp.answer().value(lookUp.next(), response, context);
                return new Page(null, next == null || next.equals(context.get("page")) ? null : next);
            }
            boolean opens = opens();
            Answer answer = opens && reference == null
                    ? new Unknown(profile.title() + " has it, but its answer names no conversation", AGAIN)
                    : new Found(opens ? reference : null, written, List.of(), Map.of());
            return new Page(answer, null);
        } catch (ExpressionFailed e) {
            return new Page(new Unknown(String.valueOf(e.getMessage()), AGAIN), null);
        }
    }

    /** The first id that belongs to nothing else of ours. */
    private @Nullable String first(LookUp lookUp, @Nullable Expression ids, Response response, Predicate<String> known)
            throws ExpressionFailed {
        Object found = ids == null ? null : lookUp.answer().value(ids, response, context);
        for (Object one : found instanceof List<?> list ? list : found == null ? List.of() : List.of(found)) {
            String id = Expression.asText(one);
            if (id != null && !known.test(id)) {
                return id;
            }
        }
        return null;
    }

    /** Whether the helpdesk has no ticket for it yet. */
    private boolean opens() {
        return told.notice().data().conversation().deskReference() == null
                && profile.call(DeskProfile.CREATE).isPresent();
    }

    private Answer absent(LookUp lookUp, Instant since) {
        Duration left = Duration.between(transport.clock().instant(), since.plus(lookUp.settled()));
        return left.isNegative() || left.isZero()
                ? new Absent()
                : new Unknown("the attempt is too recent: " + profile.title() + " may still be writing it", left);
    }

    private static Answer unknown(Outcome outcome) {
        Duration after = outcome instanceof Retry retry ? retry.after() : null;
        return new Unknown(detail(outcome), after == null ? AGAIN : after);
    }
}
