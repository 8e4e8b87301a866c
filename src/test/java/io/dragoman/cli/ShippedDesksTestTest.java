// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.Connectors;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import io.dragoman.simulator.Simulators;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code desk test} says of each shipped profile, against its simulated helpdesk. */
final class ShippedDesksTestTest {
    /** They are tried against the programs themselves. */
    private static final List<String> REAL = List.of("redmine", "request-tracker");
    /** Its channel's token opens nothing that could be read. */
    private static final String UNTRIED = "front";

    @TempDir
    private Path folder;

    private static Stream<SimulatorFactory> helpdesks() {
        return Simulators.installed().values().stream()
                .filter(factory -> factory.desk() && !factory.kind().equals(UNTRIED))
                .filter(factory -> shipped().contains(factory.kind()));
    }

    private static List<String> shipped() {
        return profiled().profiles(Path.of("no-home"));
    }

    private static Profiled profiled() {
        return Connectors.installed().stream()
                .filter(connector -> connector.side() == Side.DESK && connector instanceof Profiled)
                .map(Profiled.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyShippedProfileShouldBeTried() {
        List<String> tried = new ArrayList<>(REAL);
        tried.add(UNTRIED);
        helpdesks().map(SimulatorFactory::kind).forEach(tried::add);
        assertThat(tried).containsExactlyInAnyOrderElementsOf(shipped());
    }

    @ParameterizedTest
    @MethodSource("helpdesks")
    @DisplayName("the simulator's account passes, and fails with each of its secrets changed")
    void rightSecretsShouldPassAndWrongOnesFail(SimulatorFactory factory) throws Exception {
        DeskTrial trial = new DeskTrial(folder);
        try (Simulator helpdesk = factory.start(0, null, factory.sample())) {
            ((HelpdeskSimulator) helpdesk).reportTo(DeskTrial.CALLBACK);
            assertThat(trial.test(helpdesk.settings())).as(trial.said()).isZero();
            assertThat(trial.said()).contains("\"result\":\"ok\"");
            for (String secret : secrets(factory.kind(), helpdesk.settings())) {
                Map<String, String> wrong = new HashMap<>(helpdesk.settings());
                wrong.put(secret, "no-such-secret-1234567890");
                assertThat(trial.test(wrong)).as("%s: %s", secret, trial.said()).isEqualTo(1);
                assertThat(trial.said()).contains("\"result\":\"failed\"", "\"remedy\":");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jira-sm, serviceDeskId",
        "jira-sm, projectKey",
        "jira-sm, requestTypeId",
        "jira-sm, apiUser",
        "hubspot, channelId",
        "hubspot, channelAccountId",
        "helpscout, mailboxId"
    })
    @DisplayName("an id that names nothing there is found, with the name of its setting")
    void wrongIdsShouldFail(String kind, String setting) throws Exception {
        SimulatorFactory factory = Simulators.installed().get(kind);
        DeskTrial trial = new DeskTrial(folder);
        try (Simulator helpdesk = factory.start(0, null, factory.sample())) {
            Map<String, String> wrong = new HashMap<>(helpdesk.settings());
            assertThat(wrong.put(setting, "987654")).isNotNull();
            assertThat(trial.test(wrong)).as(trial.said()).isEqualTo(1);
            assertThat(trial.said()).containsPattern("\"remedy\":\"[^\"]*" + setting);
        }
    }

    @ParameterizedTest
    @MethodSource("helpdesks")
    @DisplayName("a helpdesk that does not run is told as that, and not as a refused secret")
    void nobodyThereShouldBeSaid(SimulatorFactory factory) {
        Simulator helpdesk = factory.start(0, null, factory.sample());
        Map<String, String> settings = helpdesk.settings();
        helpdesk.close();
        DeskTrial trial = new DeskTrial(folder);
        assertThat(trial.test(settings)).as(trial.said()).isEqualTo(1);
        assertThat(trial.said())
                .contains("\"remedy\":\"There is no answer at baseUrl, "
                        + settings.get("baseUrl").replaceFirst("(:\\d+)/.*", "$1") + ": is it running");
    }

    /** Those with which we log in. */
    private static List<String> secrets(String profile, Map<String, String> given) throws InvalidProfile {
        List<String> secrets = profiled().profile(profile, Path.of("no-home")).settings().stream()
                .filter(setting -> setting.type() == Setting.Type.SECRET && !setting.verifies())
                .map(Setting::name)
                .filter(given::containsKey)
                .toList();
        assertThat(secrets).isNotEmpty();
        return secrets;
    }
}
