// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.contract.FakeProvider;
import io.dragoman.simulator.bird.BirdSimulator;
import io.dragoman.simulator.desk.DeskSimulator;
import io.dragoman.simulator.facebook.FacebookSimulator;
import io.dragoman.simulator.instagram.InstagramSimulator;
import io.dragoman.simulator.linkedin.LinkedInSimulator;
import io.dragoman.simulator.messenger.MessengerSimulator;
import io.dragoman.simulator.messente.MessenteSimulator;
import io.dragoman.simulator.teams.TeamsSimulator;
import io.dragoman.simulator.telegram.TelegramSimulator;
import io.dragoman.simulator.twilio.TwilioSimulator;
import io.dragoman.simulator.voice.VoiceSimulator;
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

    private static final Map<String, Function<Clock, HttpSimulator>> SIMULATORS = Map.ofEntries(
            Map.entry("desk", clock -> new DeskSimulator(0, clock)),
            Map.entry("vonage", clock -> new VonageSimulator(0, true, clock)),
            Map.entry("bird", clock -> new BirdSimulator(0, false, clock)),
            Map.entry("messente", clock -> new MessenteSimulator(0, clock)),
            Map.entry("facebook", clock -> new FacebookSimulator(0, clock)),
            Map.entry("instagram", clock -> new InstagramSimulator(0, clock)),
            Map.entry("messenger", clock -> new MessengerSimulator(0, clock)),
            Map.entry("telegram", clock -> new TelegramSimulator(0, clock)),
            Map.entry("teams", clock -> new TeamsSimulator(0, clock)),
            Map.entry("twilio", clock -> new TwilioSimulator(0, "+15550100", clock)),
            Map.entry("voice", clock -> new VoiceSimulator(0, clock)),
            Map.entry("linkedin", clock -> new LinkedInSimulator(0, clock)),
            Map.entry("whatsapp", clock -> new WhatsAppSimulator(0, clock)));

    private static final Map<String, String> IDS = Map.ofEntries(
            Map.entry("desk", "(reply-\\d+)"),
            Map.entry("vonage", "message_uuid\":\"([^\"]+)"),
            Map.entry("bird", "\"id\":\"([^\"]+)"),
            Map.entry("messente", "msg_id\":\"([^\"]+)"),
            Map.entry("facebook", "comment_id\":\"([^\"]+)"),
            Map.entry("instagram", "mid\":\"([^\"]+)"),
            Map.entry("messenger", "mid\":\"([^\"]+)"),
            Map.entry("telegram", "(?:update|message)_id\":(\\d+)"),
            Map.entry("teams", "\"id\":\"(\\d+)\""),
            Map.entry("twilio", "MessageSid=(\\w+)"),
            Map.entry("voice", "CallSid=(\\w+)"),
            Map.entry("linkedin", "notificationId\":(\\d+)"),
            Map.entry("whatsapp", "(wamid\\.\\w+)"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bird",
                "desk",
                "facebook",
                "instagram",
                "linkedin",
                "messente",
                "messenger",
                "teams",
                "telegram",
                "twilio",
                "voice",
                "vonage",
                "whatsapp"
            })
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
