// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.RetrySafety;

/** Answers that say success and nothing more, as of a proxy in front of the helpdesk: nothing was done. */
final class EmptyChecks {
    private EmptyChecks() {}

    static void check(TicketTalk talk, HelpdeskSample sample) {
        if (sample.connector().retrySafety() == RetrySafety.NEITHER) {
            throw new NotApplicable("onUncertain settles it");
        }
        arrives(talk, sample, talk.message("The first"), "The first");
        arrives(talk, sample, talk.message("The second"), "The second");
        arrives(talk, sample, talk.about("Rated 4 of 5"), "Rated 4 of 5");
    }

    private static void arrives(TicketTalk talk, HelpdeskSample sample, ToDesk told, String text) {
        sample.helpdesk().answerEmpty(1);
        talk.insists(told);
        sample.helpdesk().answerEmpty(0);
        TicketTalk.await(() -> talk.times(text) > 0);
        Expect.equal(talk.times(text), 1L, "how often '" + text + "' is there");
    }
}
