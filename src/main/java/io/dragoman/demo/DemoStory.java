// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Events;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The story from beginning to end: customers write on every channel, agents answer, and every effect is looked at. */
public final class DemoStory {
    private static final Set<Deliveries.State> UNDER_WAY =
            Set.of(Deliveries.State.READY, Deliveries.State.SENDING, Deliveries.State.RETRY);

    private final DemoEnvironment stage;
    private final Expectations expectations;
    private final DemoScript play;

    /**
     * Prepares.
     *
     * @param patience how long each effect is waited for
     * @param voice what is told, line by line
     */
    public DemoStory(DemoEnvironment stage, Duration patience, Consumer<String> voice) {
        this.stage = stage;
        this.expectations = new Expectations(patience);
        this.play = new DemoScript(stage, expectations, voice);
    }

    /** Plays, and returns what was seen. */
    public List<Observation> play() {
        MailScenario mail = new MailScenario(play);
        mail.robot();
        new WhatsAppScenario(play).play();
        new SmsScenario(play).play();
        new TelegramScenario(play).play();
        mail.play();
        play.expect("nothing is left to be done", 0L, this::underWay);
        mail.robotGotNothing();
        play.expect("no notice came to the desk with a wrong signature", List.of(), stage.desk::complaints);
        play.expect("every message is at the desk once, in the order of its conversation", "yes", this::inOrder);
        return expectations.all();
    }

    /** A message of the story that is worth an {@code explain}; empty when none arrived. */
    public String example() {
        return stage.desk.notes().stream()
                .filter(note -> note.json().at("/data/conversation/team").isTextual())
                .map(note -> note.json().at("/data/message/id").asText())
                .findFirst()
                .orElse("");
    }

    private long underWay() {
        return stage.gateway()
                .store()
                .read(tx -> tx.deliveries().counts().stream()
                                .filter(count -> UNDER_WAY.contains(count.state()))
                                .mapToLong(Deliveries.Count::deliveries)
                                .sum()
                        + tx.events().counts().stream()
                                .filter(count -> count.state() == Events.State.NEW)
                                .mapToLong(Events.Count::events)
                                .sum());
    }

    private String inOrder() {
        Map<String, Long> last = new LinkedHashMap<>();
        for (Note note : stage.desk.notes()) {
            if (note.type().equals("message.received")) {
                long sequence = note.json().at("/data/message/sequence").asLong();
                Long before = last.put(note.conversation(), sequence);
                if (before != null && before >= sequence) {
                    return "after message " + before + " came " + sequence + " in " + note.conversation();
                }
            }
        }
        return "yes";
    }
}
