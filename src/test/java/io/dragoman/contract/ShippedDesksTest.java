// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.dragoman.config.Connectors;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Side;
import io.dragoman.simulator.SimulatorFactory;
import io.dragoman.simulator.Simulators;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every shipped profile of a helpdesk that is simulated passes the contract. */
final class ShippedDesksTest {
    private static final Path NOWHERE = Path.of("no-home");

    @TestFactory
    Stream<DynamicTest> contract() {
        Profiled desks = Connectors.installed().stream()
                .filter(connector -> connector.side() == Side.DESK && connector instanceof Profiled)
                .map(Profiled.class::cast)
                .findFirst()
                .orElseThrow();
        return Simulators.installed().values().stream()
                .filter(SimulatorFactory::desk)
                .map(SimulatorFactory::kind)
                .filter(desks.profiles(NOWHERE)::contains)
                .map(name -> dynamicTest(name, () -> {
                    try (Samples.Lent lent = Samples.ofProfile(desks.profile(name, NOWHERE), name, Clock.systemUTC())) {
                        ScoreCard card = Contract.run(lent.sample());
                        assertThat(card.results()).noneMatch(result -> result.state() == CheckResult.State.FAILED);
                        assertThat(card.groups().get(DeskChecks.GROUP).passed()).isGreaterThanOrEqualTo(11);
                    }
                }));
    }
}
