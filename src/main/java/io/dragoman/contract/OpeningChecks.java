// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.DeskCapability;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.RetrySafety;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.simulator.helpdesk.Ticket;
import java.time.Instant;
import java.util.List;

/** What follows the opening of a ticket, such as a rule's notes and its team, whatever becomes of the answer. */
final class OpeningChecks {
    private static final String RULE = "A note of a rule";

    private OpeningChecks() {}

    /** The opening whose answer was lost leaves what one leaves that was answered. */
    static void lost(TicketTalk talk, HelpdeskSample sample) {
        if (sample.connector().retrySafety() == RetrySafety.NEITHER) {
            throw new NotApplicable("onUncertain settles it");
        }
        TicketTalk other = new TicketTalk(sample, "an-answered-opening");
        other.insists(sorted(other, other.message("Of the other")));
        ToDesk opening = sorted(talk, talk.message("Of the lost one"));
        Instant since = sample.clock().instant();
        sample.helpdesk().loseAnswer("Of the lost one");
        talk.insists(opening);
        Expect.equal(talk.times("Of the lost one"), 1L, "how often the first message is there");
        Expect.equal(left(talk), left(other), "notes, tags, team and assignee after a lost answer");
        again(talk, sample, opening, since);
        Expect.equal(left(talk), left(other), "notes, tags, team and assignee after a second look");
    }

    /** As where a gateway ends after all that follows, and before it keeps that it is done. */
    @SuppressWarnings("unchecked") // a desk is asked for what desks are sent
    private static void again(TicketTalk talk, HelpdeskSample sample, ToDesk opening, Instant since) {
        DeliveryLookup.Answer answer = talk.desk() instanceof DeliveryLookup<?> lookup
                ? ((DeliveryLookup<ToDesk>) lookup).lookUp(sample.account(), opening, since, id -> false, talk.wire())
                : new DeliveryLookup.Absent();
        if (answer instanceof DeliveryLookup.Absent) {
            talk.insists(opening); // whose repetition the helpdesk knows
        } else {
            Expect.that(answer instanceof DeliveryLookup.Found, answer.toString(), "that it is found again");
        }
    }

    private static List<String> left(TicketTalk talk) {
        Ticket ticket = talk.ticket();
        return List.of(talk.times(RULE) + " notes", ticket.tags().toString(), ticket.team(), ticket.assignee());
    }

    /** With a rule's note, tags, a team and an assignee, as far as the helpdesk is told of them. */
    private static ToDesk sorted(TicketTalk talk, ToDesk message) {
        DeskNotice notice = message.notice();
        DeskNotice.Data data = notice.data();
        Conversation conversation = data.conversation()
                .change()
                .team(talk.goes(DeskCapability.TEAM) ? "billing" : null)
                .assignee(talk.goes(DeskCapability.ASSIGNEE) ? "mara" : null)
                .onlyTags(List.of("vip"))
                .build();
        DeskNotice.Data all =
                new DeskNotice.Data(conversation, data.contact(), data.message(), null, null, List.of(RULE), List.of());
        return new ToDesk(message.key(), new DeskNotice(notice.type(), notice.timestamp(), all), message.kept());
    }
}
