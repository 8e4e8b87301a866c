// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.RetrySafety;
import io.dragoman.model.DeskNotice;
import java.util.List;

/** Notes for agents, whose ends are unknown: several within moments, beside what agents note themselves. */
final class NoteChecks {
    private static final String RULE = "A note of a rule";

    private NoteChecks() {}

    static void lost(TicketTalk talk, HelpdeskSample sample) {
        begin(talk, sample);
        sample.helpdesk().loseAnswers(1);
        talk.insists(talk.about("Rated 4 of 5"));
        sample.helpdesk().loseAnswers(0);
        breaks(
                talk,
                sample,
                talk.about("Rated 5 of 5"),
                "Rated 5 of 5"); // what a look-up found must not be found again
        once(talk, "Rated 4 of 5");
    }

    static void broken(TicketTalk talk, HelpdeskSample sample) {
        begin(talk, sample);
        breaks(talk, sample, talk.about("Rated 4 of 5"), "Rated 4 of 5");
        talk.insists(talk.about("Rated 5 of 5"));
        breaks(talk, sample, talk.message("The second"), "The second");
        breaks(talk, sample, talk.about("Rated 1 of 5"), "Rated 1 of 5");
        once(talk, "Rated 5 of 5");
    }

    /** A ticket is opened, with a note, and an agent notes something. */
    private static void begin(TicketTalk talk, HelpdeskSample sample) {
        if (sample.connector().retrySafety() == RetrySafety.NEITHER) {
            throw new NotApplicable("onUncertain settles it");
        }
        talk.insists(noted(talk.message("The first")));
        sample.helpdesk().agentNotes(talk.ticket().id(), TicketTalk.AGENT, "A difficult one");
        if (!(talk.deliver(talk.about("Handed over")) instanceof Outcome.Sent sent)
                || !sent.losses().isEmpty()) {
            throw new NotApplicable("its profile writes no notes");
        }
    }

    private static ToDesk noted(ToDesk message) {
        DeskNotice notice = message.notice();
        DeskNotice.Data data = notice.data();
        DeskNotice.Data noted = new DeskNotice.Data(
                data.conversation(), data.contact(), data.message(), null, null, List.of(RULE), List.of());
        return new ToDesk(message.key(), new DeskNotice(notice.type(), notice.timestamp(), noted), message.kept());
    }

    private static void breaks(TicketTalk talk, HelpdeskSample sample, ToDesk notice, String text) {
        sample.helpdesk().breakCall(text);
        talk.insists(notice);
        once(talk, text);
    }

    private static void once(TicketTalk talk, String text) {
        TicketTalk.await(() -> talk.times(text) > 0);
        Expect.equal(talk.times(text), 1L, "how often '" + text + "' is there");
    }
}
