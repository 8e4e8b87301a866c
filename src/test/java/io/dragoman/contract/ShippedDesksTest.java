// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.dragoman.config.Connectors;
import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Secret;
import io.dragoman.connector.SelfTest;
import io.dragoman.connector.Side;
import io.dragoman.simulator.SimulatorFactory;
import io.dragoman.simulator.Simulators;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every shipped profile of a helpdesk that is simulated passes the contract. */
final class ShippedDesksTest {
    private static final Path NOWHERE = Path.of("no-home");

    @TestFactory
    Stream<DynamicTest> contract() {
        return each((name, desk) -> {
            try (Samples.Lent lent = Samples.ofProfile(desk, name, Clock.systemUTC())) {
                ScoreCard card = Contract.run(lent.sample());
                assertThat(card.results()).noneMatch(result -> result.state() == CheckResult.State.FAILED);
                assertThat(card.groups().get(DeskChecks.GROUP).passed()).isGreaterThanOrEqualTo(11);
            }
        });
    }

    /** What {@code ./dragoman desk test} finds out at the helpdesk's own address. */
    @TestFactory
    Stream<DynamicTest> accountShouldPassItsTest() {
        return each((name, desk) -> {
            try (Samples.Lent lent = Samples.ofProfile(desk, name, Clock.systemUTC())) {
                if (lent.sample() instanceof HelpdeskSample sample) {
                    sample.helpdesk().reportTo(sample.account().callback());
                }
                assertThat(tested(lent.sample(), lent.sample().account()))
                        .anyMatch(check -> check.result() == SelfTest.Result.OK)
                        .noneMatch(check -> check.result() == SelfTest.Result.FAILED);
            }
        });
    }

    /** The simulators know whose secrets these are: another one opens nothing. */
    @TestFactory
    Stream<DynamicTest> wrongSecretsShouldFailTheTest() {
        return each((name, desk) -> {
            try (Samples.Lent lent = Samples.ofProfile(desk, name, Clock.systemUTC())) {
                Account account = lent.sample().account();
                Map<String, Object> values = new HashMap<>(account.values());
                values.replaceAll((setting, value) -> value instanceof Secret ? new Secret("of-nobody-at-all") : value);
                Account wrong =
                        new Account(account.side(), account.id(), account.kind(), values, false, account.home());
                assertThat(tested(lent.sample(), wrong)).anyMatch(check -> check.result() == SelfTest.Result.FAILED);
            }
        });
    }

    private static List<SelfTest.Check> tested(ConnectorSample sample, Account account) throws Exception {
        return ((SelfTest) sample.connector())
                .test(account, new ContractTransport(Sending.PATIENCE, sample.clock()), sample.clock());
    }

    private interface Tried {
        void on(String name, Connector desk) throws Exception;
    }

    private static Stream<DynamicTest> each(Tried tried) {
        Profiled desks = Connectors.installed().stream()
                .filter(connector -> connector.side() == Side.DESK && connector instanceof Profiled)
                .map(Profiled.class::cast)
                .findFirst()
                .orElseThrow();
        return Simulators.installed().values().stream()
                .filter(SimulatorFactory::desk)
                .map(SimulatorFactory::kind)
                .filter(desks.profiles(NOWHERE)::contains)
                .map(name -> dynamicTest(name, () -> tried.on(name, desks.profile(name, NOWHERE))));
    }
}
