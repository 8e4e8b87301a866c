// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.config.InboxSettings;
import io.dragoman.intake.ArrivalLog;
import io.dragoman.intake.EventReader;
import io.dragoman.intake.TakeIn;
import io.dragoman.intake.kafka.KafkaLog;
import io.dragoman.intake.kafka.TopicCheck;
import io.dragoman.intake.kafka.TopicPlace;
import io.dragoman.yaml.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/** The topic that what is posted goes through, where one is configured: else nothing of Kafka is loaded. */
final class InboxPlace {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private InboxPlace() {}

    /** For a gateway that starts. */
    static ArrivalLog log(InboxSettings inbox, Foundation base, EventReader reader, TakeIn takeIn) {
        return new KafkaLog(place(inbox), base.store, takeIn, base.files, reader, base.meters, base.clock);
    }

    private static TopicPlace place(InboxSettings inbox) {
        return new TopicPlace(inbox.brokers(), inbox.topic(), inbox.group(), inbox.clientProperties());
    }

    /** What is wrong with it, as far as the brokers can be asked. */
    static List<Problem> problems(InboxSettings inbox) {
        List<Problem> problems = new ArrayList<>();
        try (TopicCheck check = new TopicCheck(place(inbox))) {
            TopicCheck.Found found = check.look(PATIENCE);
            found.wrong().forEach(one -> problems.add(problem("cannot be used: " + one + ".", false)));
            found.warnings().forEach(one -> problems.add(problem(one + ".", true)));
            String away = found.away();
            if (away != null) {
                problems.add(problem("could not be looked at: " + away + ".", true));
            }
        } catch (KafkaException e) {
            problems.add(problem("cannot be used: " + KafkaLog.refusal(e), false));
        }
        return problems;
    }

    private static Problem problem(String message, boolean warning) {
        return new Problem("config/gateway.yaml", 0, 0, "inbox.kafka", message, warning);
    }
}
