// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Batch;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.Desk;
import io.dragoman.connector.DeskCapability;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Request;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.model.MessageBuilder;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.simulator.helpdesk.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with a simulated helpdesk, as a gateway has it: what the customer writes goes there, what is kept of
 * it comes along, and what agents do is read. For one thread.
 */
final class TicketTalk {
    static final String AGENT = "Mara";

    private static final int MOST_ATTEMPTS = 6;
    private static final int MOST_PAGES = 20;
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final HelpdeskSample sample;
    private final String name;
    private final MovedClock clock;
    private final ContractTransport wire;
    private final Map<String, String> kept = new TreeMap<>();
    private final Set<String> written = new HashSet<>();
    private final Set<String> taken = new HashSet<>();
    private @Nullable String reference;
    private @Nullable String team;
    private @Nullable String assignee;
    private String position = "";
    private int count;

    /** @param name of the conversation and its customer, unlike that of all others */
    TicketTalk(HelpdeskSample sample, String name) {
        this.sample = sample;
        this.name = name;
        clock = new MovedClock(sample.clock());
        wire = new ContractTransport(Sending.PATIENCE, clock);
    }

    ContractTransport wire() {
        return wire;
    }

    Desk desk() {
        return (Desk) sample.connector();
    }

    /** Whether the desk says this of a capability. */
    boolean has(DeskCapability capability, String word) {
        return word.equals(desk().capabilities().get(capability));
    }

    /** Whether it goes there. */
    boolean goes(DeskCapability capability) {
        return has(capability, "→") || has(capability, "↔");
    }

    /** Whether it comes back. */
    boolean comes(DeskCapability capability) {
        return has(capability, "←") || has(capability, "↔");
    }

    /** The helpdesk's id of the ticket. */
    String reference() {
        return String.valueOf(reference);
    }

    /** Whether an id is the helpdesk's for something that we wrote. */
    boolean isWritten(String id) {
        return written.contains(id);
    }

    /** The ticket in which the customer's words stand. */
    Ticket ticket() {
        await(() -> !tickets().isEmpty());
        List<Ticket> tickets = tickets();
        Expect.that(tickets.size() == 1, tickets.size() + " tickets with what the customer wrote", "one");
        return tickets.get(0);
    }

    List<Ticket> tickets() {
        return sample.helpdesk().tickets().all().stream()
                .filter(ticket -> ticket.messages().stream()
                        .anyMatch(message -> message.text().contains(mark())))
                .toList();
    }

    /** Waits a while: some take a message, and do it later. */
    static void await(BooleanSupplier done) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!done.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** How often the helpdesk has a text of this conversation. */
    long times(String text) {
        return tickets().stream()
                .flatMap(ticket -> ticket.messages().stream())
                .filter(message -> message.text().contains(text))
                .count();
    }

    /** Ends every text of the customer, so that the ticket is found by it. */
    private String mark() {
        return "(" + name + ")";
    }

    /** The customer writes, and the helpdesk has it. */
    Outcome.Sent says(String text, Part... more) {
        Outcome outcome = deliver(message(text, more));
        if (outcome instanceof Outcome.Sent sent) {
            return sent;
        }
        throw new CheckFailed(outcome + " of a message to the simulator", "Outcome.Sent");
    }

    ToDesk message(String text, Part... more) {
        Message message = written(text, more).build();
        return notice(DeskNotice.Type.MESSAGE_RECEIVED, message, null, Conversation.State.OPEN);
    }

    private MessageBuilder written(String text, Part... more) {
        List<Part> parts = new ArrayList<>(List.of(new Part.Text(text + " " + mark())));
        parts.addAll(List.of(more));
        count++;
        return MessageBuilder.builder()
                .id(name + "-" + count)
                .conversation(name)
                .sequence(count)
                .direction(Message.Direction.IN)
                .author(new Message.Author(Message.Author.Kind.CONTACT, "Ana " + name))
                .sentAt(now())
                .receivedAt(now())
                .parts(parts);
    }

    /** What an agent is to know and the customer is not. */
    ToDesk failure(String text) {
        Message message = written(text)
                .direction(Message.Direction.OUT)
                .status(Status.FAILED)
                .build();
        return notice(DeskNotice.Type.DELIVERY_UPDATED, message, "the phone is off", Conversation.State.OPEN);
    }

    /** What an agent is to know of the conversation itself. */
    ToDesk about(String detail) {
        count++;
        return notice(DeskNotice.Type.CONVERSATION_UPDATED, null, detail, Conversation.State.OPEN);
    }

    /** The conversation is in this state, and of this team and assignee, from now on. */
    ToDesk state(Conversation.State state, @Nullable String team, @Nullable String assignee) {
        count++;
        this.team = team;
        this.assignee = assignee;
        return notice(DeskNotice.Type.CONVERSATION_UPDATED, null, null, state);
    }

    private ToDesk notice(
            DeskNotice.Type type, @Nullable Message message, @Nullable String detail, Conversation.State state) {
        Conversation conversation = new ConversationBuilder(name, "shop", "telegram", "person-" + name, "7001", now())
                .desk("sample")
                .team(team)
                .assignee(assignee)
                .deskReference(reference)
                .status(state)
                .build();
        Contact contact = new Contact(
                "person-" + name, "Ana " + name, "en", List.of(new Identity("telegram", "7001", true)), List.of());
        DeskNotice.Data data = new DeskNotice.Data(conversation, contact, message, null, detail, List.of());
        return new ToDesk("delivery-" + name + "-" + count, new DeskNotice(type, now(), data), Map.copyOf(kept));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** One attempt, of which is kept what a gateway keeps. */
    Outcome deliver(ToDesk notice) {
        Outcome outcome = desk().deliver(sample.account(), notice, wire);
        if (outcome instanceof Outcome.Sent sent) {
            keep(sent);
        }
        return outcome;
    }

    private void keep(Outcome.Sent sent) {
        reference = reference == null ? sent.externalId() : reference;
        if (sent.written() != null) {
            written.add(sent.written());
        }
        sent.kept().forEach((one, text) -> {
            if (text.isEmpty()) {
                kept.remove(one);
            } else {
                kept.put(one, text);
            }
        });
    }

    /** Attempts and questions until the helpdesk surely has it, as the outbox makes them. */
    void insists(ToDesk notice) {
        Instant since = clock.instant();
        Outcome outcome = deliver(notice);
        for (int attempts = 1; !(outcome instanceof Outcome.Sent); attempts++) {
            boolean open = outcome instanceof Outcome.Uncertain || outcome instanceof Outcome.Retry;
            Expect.that(open && attempts < MOST_ATTEMPTS, outcome + " in the end", "Outcome.Sent");
            outcome = outcome instanceof Outcome.Uncertain ? asked(notice, since) : deliver(notice);
        }
    }

    @SuppressWarnings("unchecked") // a desk is asked for what desks are sent
    private Outcome asked(ToDesk notice, Instant since) {
        if (!(desk() instanceof DeliveryLookup<?> lookup)) {
            return deliver(notice);
        }
        DeliveryLookup.Answer answer =
                ((DeliveryLookup<ToDesk>) lookup).lookUp(sample.account(), notice, since, written::contains, wire);
        if (answer instanceof DeliveryLookup.Found found) {
            Outcome.Sent sent =
                    new Outcome.Sent(found.externalId(), found.losses(), null, found.written()).keeping(found.kept());
            keep(sent);
            return sent;
        } else if (answer instanceof DeliveryLookup.Unknown unknown) {
            Expect.that(unknown.later() != null, unknown.detail(), "an answer, or when there will be one");
            clock.move(unknown.later());
            return new Outcome.Uncertain(Reason.TIMEOUT, unknown.detail());
        }
        return deliver(notice);
    }

    /** What is read of what comes of something that is done, of this conversation: by webhooks, and by asking too. */
    List<DeskEvent> heard(Runnable done) throws AuthenticationFailed, MalformedPayload, TransportFailure {
        List<DeskEvent> events = new ArrayList<>(posted(done));
        events.addAll(polled());
        return events.stream().filter(this::isHere).toList();
    }

    /** The same, asking only where no webhook says it: some may be asked a few times a minute. */
    List<DeskEvent> told(Runnable done) throws AuthenticationFailed, MalformedPayload, TransportFailure {
        List<DeskEvent> events = posted(done).stream().filter(this::isHere).toList();
        return events.isEmpty() ? polled().stream().filter(this::isHere).toList() : events;
    }

    private List<DeskEvent> posted(Runnable done) throws AuthenticationFailed, MalformedPayload {
        List<DeskEvent> events = new ArrayList<>();
        for (Request request : sample.tells(done)) {
            events.addAll(read(request));
        }
        return events;
    }

    private List<DeskEvent> read(Request request) throws AuthenticationFailed, MalformedPayload {
        return desk().read(sample.account(), Performing.verify(desk(), sample.account(), request));
    }

    private List<DeskEvent> polled() throws AuthenticationFailed, MalformedPayload, TransportFailure {
        List<DeskEvent> events = new ArrayList<>();
        if (!(desk() instanceof Polled polled) || !polled.polls(sample.account())) {
            return events;
        }
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            Batch batch = polled.poll(sample.account(), position, wire, new Asking());
            position = batch.position();
            for (Request request : batch.requests()) {
                events.addAll(read(request));
            }
            events.forEach(event -> taken.add(event.key()));
            if (batch.requests().isEmpty()) {
                return events;
            }
        }
        throw new CheckFailed("polls that bring the same again and again", "what is new, once");
    }

    private boolean isHere(DeskEvent event) {
        return event instanceof DeskEvent.InConversation here
                && (name.equals(here.conversation()) || reference().equals(here.reference()));
    }

    /** A gateway that asks without waiting. */
    private final class Asking implements PollContext {
        @Override
        public Duration limit() {
            return Duration.ZERO;
        }

        @Override
        public Clock clock() {
            return clock;
        }

        @Override
        public boolean stopping() {
            return false;
        }

        @Override
        public boolean starting() {
            return true;
        }

        @Override
        public boolean taken(String key) {
            return taken.contains(key);
        }

        @Override
        public AutoCloseable onStop(Runnable release) {
            return () -> {};
        }
    }
}
