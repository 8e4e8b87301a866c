// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpdesk;

import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A helpdesk with an API, agents and webhooks. Whoever extends it says what its API answers, and what its webhooks tell
 * of a change: changes by the API are told too, so that echoes are as real as the helpdesk's. The tickets, and the mail
 * that customers would have got, can be read at any time. Thread-safe.
 */
public abstract class HelpdeskSimulator extends HttpSimulator {
    private final Clock clock;
    private final Tickets tickets;
    private final HelpdeskWebhooks webhooks;
    private final AtomicInteger throttled = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger empty = new AtomicInteger();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
    private final RefusedFiles refusedFiles = new RefusedFiles();
    private volatile @Nullable URI registered;

    /**
     * Takes the port; whoever extends this calls {@link #start} at the end.
     *
     * @param retries how long the helpdesk waits before each further attempt to post a webhook; none where it has one
     */
    protected HelpdeskSimulator(int port, Clock clock, List<Duration> retries) {
        super(port, clock);
        this.clock = clock;
        tickets = new Tickets(ids(), clock);
        webhooks = new HelpdeskWebhooks(retries);
    }

    /** What the API answers to a call, one at a time. */
    protected abstract SimulatorResponse answer(SimulatorRequest request) throws IOException;

    /** What it answers to a call too many. */
    protected abstract SimulatorResponse tooMany();

    /** Tells of a change by {@link #announce}, where the helpdesk does. */
    protected abstract void happened(TicketChange change);

    /** The word of the status that an agent gives a ticket. */
    protected abstract String status(boolean closed);

    /**
     * A team {@code billing} and an agent {@code mara} by the helpdesk's own words, as an account's settings {@code teams}
     * and {@code assignees} name them; it takes no others. Empty where its API is told of none.
     */
    public Map<String, String> sorting() {
        return Map.of();
    }

    /** The words that follow {@code ours=} in {@link #sorting}: those that the API takes. */
    protected final boolean isKnown(String setting, String word) {
        return sorting().getOrDefault(setting, "").endsWith("=" + word);
    }

    /** Whether agents see the ticket as done. */
    public boolean isClosed(Ticket ticket) {
        return ticket.status().equals(status(true));
    }

    /** The headers that prove what is posted. */
    protected abstract Map<String, String> signed(byte[] body);

    protected final Clock clock() {
        return clock;
    }

    /** What the helpdesk keeps. */
    public final Tickets tickets() {
        return tickets;
    }

    /** Registers the webhook. */
    public void reportTo(URI callback) {
        registered = callback;
    }

    /** Where webhooks go; empty where none is registered. */
    protected final Optional<URI> registered() {
        return Optional.ofNullable(registered);
    }

    /** Answers the next so many calls as one too many. */
    public void throttle(int calls) {
        throttled.set(calls);
    }

    /** Does what the next so many calls say that change something, and breaks the connection in place of an answer. */
    public void loseAnswers(int calls) {
        lost.set(calls);
    }

    /** The same of the next call that writes these words. */
    public void loseAnswer(String words) {
        unanswered.add(words);
    }

    /** Answers the next so many calls that would change something as done, with nothing in it, and does nothing. */
    public void answerEmpty(int calls) {
        empty.set(calls);
    }

    /** Breaks the connection of the next call that would write these words, and does nothing of what it says. */
    public void breakCall(String words) {
        broken.add(words);
    }

    /** Answers each call that carries a file of these bytes with a refusal, and does nothing of what it says. */
    public void refuseFile(byte[] bytes, SimulatorResponse refusal) {
        refusedFiles.add(bytes, refusal);
    }

    /** How many calls were refused for a file that they carried. */
    public int refusedFiles() {
        return refusedFiles.count();
    }

    /** From now on posts each webhook so many times, and waits so many times shorter before it tries again. */
    public void webhooks(int copies, int faster) {
        webhooks.behave(copies, faster);
    }

    /** Never posts the next so many webhooks, as if nobody had listened until the helpdesk gave up. */
    public void loseWebhooks(int count) {
        webhooks.lose(count);
    }

    /** Waits until each webhook is taken or dropped; returns the status of the last attempt. */
    public int settle() {
        return webhooks.settle();
    }

    /** How many webhooks nobody ever took. */
    public int dropped() {
        return webhooks.dropped();
    }

    /** Posts a webhook where one is registered. */
    protected final void announce(String contentType, byte[] body, Map<String, String> headers) {
        URI target = registered;
        if (target != null) {
            webhooks.post(() -> {
                Map<String, String> all = new HashMap<>(headers);
                all.putAll(signed(body));
                return post(target, contentType, body, all);
            });
        }
    }

    @Override
    public int brings(URI callback, byte[] body) {
        return post(callback, "application/json", body, signed(body));
    }

    /** An agent answers in the ticket that {@code customer} names. */
    @Override
    public int customerWrites(URI callback, String customer, String text) {
        reportTo(callback);
        agentReplies(tickets.present(customer).id(), "Mara", text);
        return settle();
    }

    /** An agent answers the customer. Returns the message's id. */
    public String agentReplies(String ticket, String agent, String text, HelpdeskFile... files) {
        return agentWrites(
                ticket,
                agent,
                true,
                text,
                List.of(files),
                tickets.present(ticket).customer());
    }

    /** An agent mails somebody else from the ticket, such as a supplier. Returns the message's id. */
    public String agentForwards(String ticket, String agent, String text, String address) {
        return agentWrites(ticket, agent, true, text, List.of(), address);
    }

    /** An agent writes a note that no customer may see. Returns its id. */
    public String agentNotes(String ticket, String agent, String text) {
        return agentWrites(ticket, agent, false, text, List.of(), "");
    }

    private String agentWrites(
            String ticket, String agent, boolean visible, String text, List<HelpdeskFile> files, String to) {
        TicketMessage draft = TicketMessage.ofAgent(agentId(agent), agent, visible, text);
        TicketMessage written = tickets.add(
                ticket, TicketMessageBuilder.builder(draft).files(files).to(to).build());
        change(TicketChange.Kind.WRITTEN, ticket, written, builder -> {});
        return written.id();
    }

    /** The id of an agent by name. */
    protected String agentId(String agent) {
        return "9" + Math.floorMod(agent.hashCode(), 100_000);
    }

    /** An agent closes the ticket. */
    public void agentCloses(String ticket) {
        change(TicketChange.Kind.STATUS, ticket, null, builder -> builder.status(status(true)));
    }

    /** An agent opens a closed ticket again. */
    public void agentReopens(String ticket) {
        change(TicketChange.Kind.STATUS, ticket, null, builder -> builder.status(status(false)));
    }

    /** An agent gives the ticket to one; to nobody where that is empty. */
    public void agentAssigns(String ticket, String agent) {
        change(TicketChange.Kind.ASSIGNED, ticket, null, builder -> builder.assignee(agent));
    }

    public void agentMoves(String ticket, String team) {
        change(TicketChange.Kind.MOVED, ticket, null, builder -> builder.team(team));
    }

    public void agentTags(String ticket, String... tags) {
        change(TicketChange.Kind.TAGGED, ticket, null, builder -> builder.tags(List.of(tags)));
    }

    public void agentPrioritises(String ticket, String priority) {
        change(TicketChange.Kind.PRIORITISED, ticket, null, builder -> builder.priority(priority));
    }

    /** The messages go over to the other ticket, and the first is closed. */
    public void agentMerges(String ticket, String into) {
        List<TicketMessage> moved = tickets.find(ticket).orElseThrow().messages();
        change(TicketChange.Kind.MERGED, ticket, null, builder -> builder.status(status(true))
                .mergedInto(into)
                .messages(List.of()));
        change(TicketChange.Kind.MERGED, into, null, builder -> {
            List<TicketMessage> all = new ArrayList<>(builder.messages());
            all.addAll(moved);
            builder.messages(all);
        });
    }

    /** An agent deletes a ticket and its customer. */
    public void agentForgets(String ticket) {
        agentDeletes(ticket);
        tickets.forget(tickets.present(ticket).customer());
    }

    /** An agent deletes the whole ticket. */
    public void agentDeletes(String ticket) {
        change(TicketChange.Kind.DELETED, ticket, null, builder -> builder.deleted(true));
    }

    private void change(
            TicketChange.Kind kind, String ticket, @Nullable TicketMessage message, Consumer<TicketBuilder> change) {
        happened(new TicketChange(kind, tickets.change(ticket, change), message, false));
    }

    @Override
    protected final SimulatorResponse handle(SimulatorRequest request) throws IOException {
        if (counted(throttled)) {
            return tooMany();
        }
        if (!isRead(request) && broken.removeIf(request.text()::contains)) {
            return SimulatorResponse.none();
        }
        if (!isRead(request) && counted(empty)) {
            return SimulatorResponse.json(200, "{}");
        }
        Optional<SimulatorResponse> refusal = refusedFiles.refusal(request.body());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        synchronized (this) {
            SimulatorResponse response = answer(request);
            tickets.takeOpened().forEach(this::opened);
            boolean changes = !isRead(request) && response.status() < 300;
            return changes && isLost(request) ? SimulatorResponse.none() : response;
        }
    }

    /** Whoever tries it out needs the number to answer in its ticket. */
    private void opened(Ticket ticket) {
        String customer = tickets.customer(ticket.customer())
                .flatMap(known -> Stream.of(known.name(), known.email(), known.phone(), known.externalId())
                        .filter(word -> !word.isBlank())
                        .findFirst())
                .orElse("somebody");
        log("ticket " + ticket.id() + " opened by " + customer + "; answer: write " + ticket.id() + " <text>");
    }

    private boolean isLost(SimulatorRequest request) {
        return unanswered.removeIf(request.text()::contains) || counted(lost);
    }

    private static boolean isRead(SimulatorRequest request) {
        return request.method().equals("GET");
    }

    private static boolean counted(AtomicInteger left) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    @Override
    public void close() {
        webhooks.close();
        super.close();
    }
}
