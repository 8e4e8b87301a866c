// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpdesk;

import io.dragoman.simulator.SimulatorIds;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The tickets, the customers and the sent mail of a helpdesk; what it gives out never changes. Thread-safe. */
public final class Tickets {
    private final SimulatorIds ids;
    private final Clock clock;
    private final Map<String, Ticket> tickets = new LinkedHashMap<>();
    private final Map<String, HelpdeskCustomer> customers = new LinkedHashMap<>();
    private final List<TicketMail> mails = new ArrayList<>();
    private final List<Ticket> opened = new ArrayList<>();

    Tickets(SimulatorIds ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** Keeps a new ticket, with its id and its time. */
    public synchronized Ticket open(Ticket draft) {
        Instant now = clock.instant();
        Ticket ticket = TicketBuilder.builder(draft)
                .id(next())
                .created(now)
                .updated(now)
                .build();
        tickets.put(ticket.id(), ticket);
        opened.add(ticket);
        return ticket;
    }

    /** Those that were opened since this was asked last. */
    synchronized List<Ticket> takeOpened() {
        List<Ticket> taken = List.copyOf(opened);
        opened.clear();
        return taken;
    }

    /** Changes a ticket, which must be there. */
    public synchronized Ticket change(String id, Consumer<TicketBuilder> change) {
        TicketBuilder builder = TicketBuilder.builder(present(id));
        change.accept(builder);
        Ticket changed = builder.updated(clock.instant()).build();
        tickets.put(id, changed);
        return changed;
    }

    /** Adds a message to a ticket, which must be there, and gives it its id and its time. */
    public synchronized TicketMessage add(String ticket, TicketMessage draft) {
        TicketMessage added = TicketMessageBuilder.builder(draft)
                .id(next())
                .at(clock.instant())
                .build();
        change(ticket, changed -> {
            List<TicketMessage> messages = new ArrayList<>(changed.messages());
            messages.add(added);
            changed.messages(messages);
        });
        return added;
    }

    /** The ticket, deleted ones too. */
    public synchronized Optional<Ticket> find(String id) {
        return Optional.ofNullable(tickets.get(id));
    }

    /**
     * The ticket, deleted ones too.
     *
     * @throws IllegalArgumentException when there is none; it names those that there are
     */
    public synchronized Ticket present(String id) {
        Ticket ticket = tickets.get(id);
        if (ticket == null) {
            throw new IllegalArgumentException("there is no ticket '" + id + "'; " + known());
        }
        return ticket;
    }

    /** The last few that were opened. */
    private String known() {
        List<String> open = List.copyOf(tickets.keySet());
        return open.isEmpty()
                ? "none was opened yet"
                : "there is " + String.join(", ", open.subList(Math.max(0, open.size() - 5), open.size()));
    }

    /** A file of any message. */
    public Optional<HelpdeskFile> file(String id) {
        return all().stream()
                .flatMap(ticket -> ticket.messages().stream())
                .flatMap(message -> message.files().stream())
                .filter(file -> file.id().equals(id))
                .findFirst();
    }

    /** All of them, deleted ones too, in the order in which they were opened. */
    public synchronized List<Ticket> all() {
        return List.copyOf(tickets.values());
    }

    /** Those that changed at that time or later, the one that changed first at the beginning. */
    public synchronized List<Ticket> updatedSince(Instant time) {
        return tickets.values().stream()
                .filter(ticket -> !ticket.updated().isBefore(time))
                .sorted(Comparator.comparing(Ticket::updated))
                .toList();
    }

    /** Keeps a new customer, with an id and a time. */
    public synchronized HelpdeskCustomer add(HelpdeskCustomer draft) {
        Instant now = clock.instant();
        HelpdeskCustomer added = HelpdeskCustomerBuilder.builder(draft)
                .id(next())
                .created(now)
                .updated(now)
                .build();
        customers.put(added.id(), added);
        return added;
    }

    /** Changes a customer, who must be there. */
    public synchronized HelpdeskCustomer changeCustomer(String id, Consumer<HelpdeskCustomerBuilder> change) {
        HelpdeskCustomer customer =
                customer(id).orElseThrow(() -> new IllegalArgumentException("there is no customer '" + id + "'"));
        HelpdeskCustomerBuilder builder = HelpdeskCustomerBuilder.builder(customer);
        change.accept(builder);
        HelpdeskCustomer changed = builder.updated(clock.instant()).build();
        customers.put(id, changed);
        return changed;
    }

    synchronized void forget(String customer) {
        customers.remove(customer);
    }

    public synchronized Optional<HelpdeskCustomer> customer(String id) {
        return Optional.ofNullable(customers.get(id));
    }

    /** The first that fits, in the order in which they were made. */
    public synchronized Optional<HelpdeskCustomer> customer(Predicate<HelpdeskCustomer> which) {
        return customers.values().stream().filter(which).findFirst();
    }

    public synchronized List<HelpdeskCustomer> customers() {
        return List.copyOf(customers.values());
    }

    /** Notes a mail to a customer. */
    public synchronized void mail(TicketMail mail) {
        mails.add(mail);
    }

    /** What customers were mailed. */
    public synchronized List<TicketMail> mails() {
        return List.copyOf(mails);
    }

    private String next() {
        return String.valueOf(ids.next());
    }
}
