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

/** All scenarios: customers write on every channel, agents answer, and every effect is checked. */
public final class DemoScenarios {
    private static final Set<Deliveries.State> IN_FLIGHT =
            Set.of(Deliveries.State.READY, Deliveries.State.SENDING, Deliveries.State.RETRY);

    private final DemoEnvironment environment;
    private final Expectations expectations;
    private final DemoScript script;

    /**
     * @param timeout how long each effect is waited for
     * @param output gets what happens, line by line
     */
    public DemoScenarios(DemoEnvironment environment, Duration timeout, Consumer<String> output) {
        this.environment = environment;
        this.expectations = new Expectations(timeout);
        this.script = new DemoScript(environment, expectations, output);
    }

    /** Runs all of them, and returns what was seen. */
    public List<Observation> run() {
        MailScenario mail = new MailScenario(script);
        mail.robot();
        new WhatsAppScenario(script).run();
        new ShopScenario(script).run();
        new SmsScenario(script).run();
        new TelegramScenario(script).run();
        new ChatScenario(script).run();
        new MessengerScenario(script).run();
        new AnswerScenario(script).run();
        new SurveyScenario(script).run();
        new PhoneScenario(script).run();
        mail.run();
        script.expect("nothing is left to be done", 0L, this::inFlight);
        mail.robotGotNothing();
        script.expect("no notice came to the desk with a wrong signature", List.of(), environment.desk::complaints);
        script.expect("every message is at the desk once, in the order of its conversation", "yes", this::inOrder);
        return expectations.all();
    }

    /** A message that is worth an {@code explain}; empty when none arrived. */
    public String example() {
        return environment.desk.notes().stream()
                .filter(note -> note.json().at("/data/conversation/team").isTextual())
                .map(note -> note.json().at("/data/message/id").asText())
                .findFirst()
                .orElse("");
    }

    private long inFlight() {
        return environment
                .gateway()
                .store()
                .read(tx -> tx.deliveries().counts().stream()
                                .filter(count -> IN_FLIGHT.contains(count.state()))
                                .mapToLong(Deliveries.Count::deliveries)
                                .sum()
                        + tx.events().counts().stream()
                                .filter(count -> count.state() == Events.State.NEW)
                                .mapToLong(Events.Count::events)
                                .sum());
    }

    private String inOrder() {
        Map<String, Long> last = new LinkedHashMap<>();
        for (Note note : environment.desk.notes()) {
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
