// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Polled;
import io.dragoman.connector.RetrySafety;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.DeskEvent.AgentReplied;
import io.dragoman.model.Json;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.util.List;

/** A ticket of more messages than a helpdesk tells in one answer. */
final class LengthChecks {
    /** More than any page that is asked for, and fewer than there are in all the pages that are read. */
    private static final int NOTES = 520;

    private static final String ANSWER = "Good day";

    private LengthChecks() {}

    static void check(TicketTalk talk, HelpdeskSample sample) throws Exception {
        talk.says("The first");
        String id = talk.ticket().id();
        for (int i = 1; i <= NOTES; i++) {
            sample.helpdesk()
                    .tickets()
                    .add(id, TicketMessage.ofAgent("9001", TicketTalk.AGENT, false, "Line " + i + " of the story"));
        }
        if (talk.desk() instanceof Polled polled && polled.polls(sample.account())) {
            answered(talk, sample.helpdesk(), id);
        }
        if (sample.connector().retrySafety() != RetrySafety.NEITHER) {
            doubted(talk, sample.helpdesk());
        }
    }

    private static void answered(TicketTalk talk, HelpdeskSimulator helpdesk, String ticket) throws Exception {
        helpdesk.loseWebhooks(Integer.MAX_VALUE);
        List<DeskEvent> events = talk.heard(() -> helpdesk.agentReplies(ticket, TicketTalk.AGENT, ANSWER));
        helpdesk.loseWebhooks(0);
        long keys = events.stream()
                .filter(event ->
                        event instanceof AgentReplied && Json.write(event).contains(ANSWER))
                .map(DeskEvent::key)
                .distinct()
                .count();
        Expect.equal(keys, 1L, "how many answers are read by asking, of one behind " + NOTES + " notes");
    }

    private static void doubted(TicketTalk talk, HelpdeskSimulator helpdesk) {
        helpdesk.loseAnswer("The second");
        talk.insists(talk.message("The second"));
        helpdesk.breakCall("The third");
        talk.insists(talk.message("The third"));
        once(talk, "The second");
        once(talk, "The third");
        if (talk.deliver(talk.about("Handed over")) instanceof Outcome.Sent sent
                && sent.losses().isEmpty()) {
            helpdesk.loseAnswer("Rated 4 of 5");
            talk.insists(talk.about("Rated 4 of 5"));
            once(talk, "Rated 4 of 5");
        }
    }

    private static void once(TicketTalk talk, String text) {
        TicketTalk.await(() -> talk.times(text) > 0);
        Expect.equal(talk.times(text), 1L, "how often '" + text + "' is there");
    }
}
