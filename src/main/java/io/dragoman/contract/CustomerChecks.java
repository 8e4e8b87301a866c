// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.model.DeskNotice;
import io.dragoman.simulator.helpdesk.Ticket;
import java.util.List;

/** Customers whom the helpdesk knows no longer, as when an agent deletes their contact. */
final class CustomerChecks {
    private CustomerChecks() {}

    static void gone(TicketTalk talk, HelpdeskSample sample) {
        talk.says("The first");
        Ticket ticket = talk.ticket();
        sample.helpdesk().agentForgets(ticket.id());
        Outcome outcome = talk.deliver(opening(talk.message("The second")));
        Expect.that(outcome instanceof Outcome.Sent, outcome + " of a message in a new ticket", "Outcome.Sent");
        TicketTalk.await(() -> talk.times("The second") > 0);
        Expect.equal(talk.times("The second"), 1L, "how often the message is there");
    }

    /** The same in a conversation that has no ticket yet. */
    private static ToDesk opening(ToDesk told) {
        DeskNotice.Data data = told.notice().data();
        DeskNotice notice = new DeskNotice(
                told.notice().type(),
                told.notice().timestamp(),
                new DeskNotice.Data(
                        data.conversation().change().deskReference(null).build(),
                        data.contact(),
                        data.message(),
                        null,
                        null,
                        List.of()));
        return new ToDesk(told.key(), notice, told.kept());
    }
}
