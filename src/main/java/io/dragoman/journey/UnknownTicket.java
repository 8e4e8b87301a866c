// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.Desk;
import io.dragoman.journey.Commit.Ended;
import io.dragoman.model.DeskEvent;
import io.dragoman.store.Events;
import io.dragoman.store.Tx;
import java.util.List;
import java.util.Optional;

/** What becomes of an event that names no conversation of its desk. */
final class UnknownTicket {
    private UnknownTicket() {}

    private static Optional<String> formerDesk(
            ConnectorRegistry registry, Tx tx, String source, DeskEvent.InConversation event) {
        List<String> others = event.conversation() != null
                ? tx.knownDesks().othersWithConversation(source, event.conversation())
                : event.reference() == null
                        ? List.of()
                        : tx.knownDesks().othersWithReference(source, event.reference());
        return others.stream()
                .filter(other ->
                        registry.find(other).isEmpty() && !registry.now().off().contains(other))
                .findFirst();
    }

    /**
     * A helpdesk tells of all its tickets, of which most are nobody's here; while one of ours may be there whose id is not
     * known yet, it may be that one: the event waits for it, for a minute, and then a person is shown it.
     *
     * @param otherwise why nothing has that name, as a sentence
     * @throws TooEarly to wait
     */
    static Ended ended(
            ConnectorRegistry registry,
            Tx tx,
            Events.Stored stored,
            DeskEvent.InConversation event,
            String otherwise,
            long now) {
        String source = stored.source();
        String reference = event.reference();
        boolean unknown = reference != null
                && tx.conversationDesks().byReference(source, reference).isEmpty();
        boolean opening = unknown && tx.conversationDesks().isOpeningOne(source);
        if (opening) {
            TooEarly.await(stored, now, "a ticket is being opened at this desk whose id is not known yet");
        }
        Optional<String> renamed = formerDesk(registry, tx, source, event);
        if (renamed.isPresent()) {
            String former = renamed.get();
            return Ended.dead("the ticket is one of the desk " + former
                    + ", which is not configured any more and spoke to the"
                    + " same helpdesk. If " + source + " is its new name: ./dragoman move " + former + " " + source
                    + ", then ./dragoman dead replay --channel " + source);
        }
        boolean tellsOfAll = registry.find(source)
                .filter(found -> found.connector() instanceof Desk desk && desk.tellsOfOtherTickets())
                .isPresent();
        String named = event.conversation(); // as another gateway or program marks its tickets
        boolean foreign = named != null && tx.conversations().find(named).isEmpty();
        return (unknown || foreign) && tellsOfAll && !opening
                ? Ended.ignored(
                        "other-ticket",
                        "the desk tells of a ticket that was never one of a conversation of this desk's")
                : Ended.dead(NamedConversation.missing(tx, source, event, otherwise));
    }
}
