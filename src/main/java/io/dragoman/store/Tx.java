// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.util.HashSet;
import java.util.Set;

/** What one unit of work may do: everything in it becomes durable together, or nothing does. Not thread-safe. */
public final class Tx {
    private final Events events;
    private final IgnoredEvents ignored;
    private final Lanes lanes;
    private final Consents consents;
    private final ContactAttributes attributes;
    private final LookedUp lookedUp;
    private final CustomerOrders orders;
    private final Contacts contacts;
    private final ContactMerges merges;
    private final ConversationDesks conversationDesks;
    private final Conversations conversations;
    private final ConversationFigures figures;
    private final MeasureFigures measures;
    private final ContactList contactList;
    private final TrafficFigures trafficFigures;
    private final Messages messages;
    private final ReplyTallies replyTallies;
    private final ThreadView threadView;
    private final MediaRows media;
    private final Deliveries deliveries;
    private final Attempts attempts;
    private final DeadLetters deadLetters;
    private final Cursors cursors;
    private final InboxOffsets inboxOffsets;
    private final AccountNotices notices;
    private final Ledger ledger;
    private final Pauses pauses;
    private final Peers peers;
    private final Orphans orphans;
    private final KnownDesks knownDesks;
    private final Feeds feeds;
    private final Budgets budgets;
    private final AuditLog audit;
    private final UnreadMails unreadMails;
    private final BotHandOvers botHandOvers;
    private final Timers timers;
    private final WaitingPieces waitingPieces;
    private final Surveys surveys;
    private final Approvals approvals;
    private final Polls polls;
    private final Changes changes;
    private final Traffic traffic;
    private final KeptDecisions decisions;
    private final Erasures erasures;
    private final ErasedRows erasedRows;
    private final AgedRows agedRows;
    private final Set<FlowKey> woken = new HashSet<>();

    Tx(Sql sql) {
        ErasedKeys erased = new ErasedKeys(sql);
        changes = new Changes(sql);
        lanes = new Lanes(sql, woken);
        ignored = new IgnoredEvents(sql);
        events = new Events(sql, lanes, ignored, erased);
        attributes = new ContactAttributes(sql);
        lookedUp = new LookedUp(sql);
        orders = new CustomerOrders(sql);
        consents = new Consents(sql);
        contacts = new Contacts(sql, consents, attributes, lookedUp, orders);
        merges = new ContactMerges(sql, changes, attributes);
        conversationDesks = new ConversationDesks(sql);
        conversations = new Conversations(sql, changes, conversationDesks);
        figures = new ConversationFigures(sql);
        measures = new MeasureFigures(sql);
        contactList = new ContactList(sql, contacts);
        trafficFigures = new TrafficFigures(sql);
        messages = new Messages(sql, changes);
        replyTallies = new ReplyTallies(sql);
        threadView = new ThreadView(sql, changes);
        media = new MediaRows(sql);
        deliveries = new Deliveries(sql, changes, lanes);
        attempts = new Attempts(sql);
        deadLetters = new DeadLetters(sql, changes, lanes, ignored);
        cursors = new Cursors(sql);
        inboxOffsets = new InboxOffsets(sql);
        notices = new AccountNotices(sql);
        ledger = new Ledger(sql);
        pauses = new Pauses(sql);
        peers = new Peers(sql, lanes, cursors);
        orphans = new Orphans(sql, lanes);
        knownDesks = new KnownDesks(sql);
        feeds = new Feeds(sql);
        budgets = new Budgets(sql);
        audit = new AuditLog(sql);
        unreadMails = new UnreadMails(sql);
        botHandOvers = new BotHandOvers(sql);
        timers = new Timers(sql);
        waitingPieces = new WaitingPieces(sql);
        surveys = new Surveys(sql);
        approvals = new Approvals(sql);
        polls = new Polls(sql);
        traffic = new Traffic(sql);
        decisions = new KeptDecisions(sql);
        erasures = new Erasures(sql, erased);
        erasedRows = new ErasedRows(sql, erased, erasures, orders, lookedUp);
        agedRows = new AgedRows(sql, erased, erasedRows, erasures, changes);
    }

    public Events events() {
        return events;
    }

    public IgnoredEvents ignored() {
        return ignored;
    }

    public Lanes lanes() {
        return lanes;
    }

    public Consents consents() {
        return consents;
    }

    public Contacts contacts() {
        return contacts;
    }

    public ContactAttributes attributes() {
        return attributes;
    }

    public LookedUp lookedUp() {
        return lookedUp;
    }

    public CustomerOrders orders() {
        return orders;
    }

    public ContactMerges merges() {
        return merges;
    }

    public Conversations conversations() {
        return conversations;
    }

    public ConversationDesks conversationDesks() {
        return conversationDesks;
    }

    public ConversationFigures figures() {
        return figures;
    }

    public MeasureFigures measures() {
        return measures;
    }

    public ReplyTallies replyTallies() {
        return replyTallies;
    }

    public Messages messages() {
        return messages;
    }

    public ContactList contactList() {
        return contactList;
    }

    public TrafficFigures trafficFigures() {
        return trafficFigures;
    }

    public ThreadView threadView() {
        return threadView;
    }

    public MediaRows media() {
        return media;
    }

    public Deliveries deliveries() {
        return deliveries;
    }

    public Attempts attempts() {
        return attempts;
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    public Cursors cursors() {
        return cursors;
    }

    public InboxOffsets inboxOffsets() {
        return inboxOffsets;
    }

    public AccountNotices notices() {
        return notices;
    }

    public Pauses pauses() {
        return pauses;
    }

    public Peers peers() {
        return peers;
    }

    public Orphans orphans() {
        return orphans;
    }

    public KnownDesks knownDesks() {
        return knownDesks;
    }

    public Feeds feeds() {
        return feeds;
    }

    public AuditLog audit() {
        return audit;
    }

    public Budgets budgets() {
        return budgets;
    }

    public UnreadMails unreadMails() {
        return unreadMails;
    }

    public BotHandOvers botHandOvers() {
        return botHandOvers;
    }

    public Timers timers() {
        return timers;
    }

    public WaitingPieces waitingPieces() {
        return waitingPieces;
    }

    public Approvals approvals() {
        return approvals;
    }

    public Surveys surveys() {
        return surveys;
    }

    public Polls polls() {
        return polls;
    }

    public Traffic traffic() {
        return traffic;
    }

    public KeptDecisions decisions() {
        return decisions;
    }

    public Erasures erasures() {
        return erasures;
    }

    public ErasedRows erasedRows() {
        return erasedRows;
    }

    public AgedRows agedRows() {
        return agedRows;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Changes changes() {
        return changes;
    }

    Set<FlowKey> woken() {
        return woken;
    }
}
