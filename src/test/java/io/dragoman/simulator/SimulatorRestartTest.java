// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.FakeProvider;
import io.dragoman.simulator.bird.BirdSimulator;
import io.dragoman.simulator.desk.DeskSimulator;
import io.dragoman.simulator.messente.MessenteSimulator;
import io.dragoman.simulator.telegram.TelegramSimulator;
import io.dragoman.simulator.twilio.TwilioSimulator;
import io.dragoman.simulator.vonage.VonageSimulator;
import io.dragoman.simulator.whatsapp.WhatsAppSimulator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A simulator that is started again beside the same gateway says nothing under an id of its last run. */
final class SimulatorRestartTest {
    private static final Clock START = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
    private static final Clock RESTART = Clock.offset(START, Duration.ofSeconds(1));

    private static final Map<String, Function<Clock, HttpSimulator>> SIMULATORS = Map.of(
            "desk", clock -> new DeskSimulator(0, clock),
            "vonage", clock -> new VonageSimulator(0, true, clock),
            "bird", clock -> new BirdSimulator(0, false, clock),
            "messente", clock -> new MessenteSimulator(0, clock),
            "telegram", clock -> new TelegramSimulator(0, clock),
            "twilio", clock -> new TwilioSimulator(0, "+15550100", clock),
            "whatsapp", clock -> new WhatsAppSimulator(0, clock));

    private static final Map<String, String> IDS = Map.of(
            "desk", "(reply-\\d+)",
            "vonage", "message_uuid\":\"([^\"]+)",
            "bird", "\"id\":\"([^\"]+)",
            "messente", "msg_id\":\"([^\"]+)",
            "telegram", "(?:update|message)_id\":(\\d+)",
            "twilio", "MessageSid=(\\w+)",
            "whatsapp", "(wamid\\.\\w+)");

    @ParameterizedTest
    @ValueSource(strings = {"desk", "messente", "telegram", "twilio", "whatsapp", "vonage", "bird"})
    void restartShouldRepeatNoId(String kind) {
        Set<String> before = ids(kind, START);
        Set<String> after = ids(kind, RESTART);
        assertThat(before).hasSizeGreaterThanOrEqualTo(3);
        assertThat(after).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
    }

    private static Set<String> ids(String kind, Clock clock) {
        try (HttpSimulator simulator = SIMULATORS.get(kind).apply(clock);
                FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            for (String text : List.of("one", "two", "three")) {
                says(simulator, gateway.baseUrl(), text);
            }
            Matcher ids = Pattern.compile(IDS.get(kind)).matcher(String.join("\n", gateway.bodies()));
            return new TreeSet<>(ids.results().map(found -> found.group(1)).toList());
        }
    }

    private static void says(HttpSimulator simulator, URI gateway, String text) {
        int status;
        if (simulator instanceof DeskSimulator desk) {
            status = desk.agentReplies(gateway, "c-1", "Mara", text);
        } else {
            String customer = simulator instanceof TelegramSimulator ? "ana" : "+4917000";
            status = simulator.customerWrites(gateway, customer, text);
        }
        assertThat(status).isEqualTo(200);
    }
}
