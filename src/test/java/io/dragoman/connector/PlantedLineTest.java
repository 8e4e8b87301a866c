// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.PlantedLine.Fault;
import io.dragoman.contract.CheckResult;
import io.dragoman.contract.Contract;
import io.dragoman.contract.ContractTransport;
import io.dragoman.contract.LineSample;
import io.dragoman.simulator.Answering;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checks of what goes by a protocol of its own find each fault in a connector that is right but for it. */
final class PlantedLineTest {
    /** What is sent, by whatever protocol. */
    private static final String SENDING = "sending|texts: hard texts arrive";

    private static List<String> failed(Fault fault) {
        return switch (fault) {
            case NONE -> List.of();
            case FINAL_WHEN_THROTTLED, THROTTLED_FOR_ANOTHER_REASON -> List.of("sending: throttled");
            case FINAL_WHEN_BUSY -> List.of("sending: unavailable");
            case TRIES_REFUSED_AGAIN -> List.of("sending: refused");
            case CALLS_A_LOGIN_DOWN -> List.of("sending: wrong credentials");
            case SENT_WHEN_FAILED -> List.of("sending: server error", "sending: resumed at the failed piece");
            case CERTAIN -> List.of("sending: silence and hanging up");
            case FINAL_WHEN_GONE -> List.of("sending: unreachable");
            case THROWS_WHEN_ODD -> List.of("sending: odd answers", "sending: nothing is logged");
            case DROPS_TEXT -> List.of("sending: content out, credentials hidden", "texts: hard texts arrive");
            case SHOWS_ANSWER ->
                List.of(
                        "sending: throttled",
                        "sending: unavailable",
                        "sending: refused",
                        "sending: server error",
                        "sending: silence and hanging up",
                        "sending: odd answers",
                        "sending: an answer is not shown",
                        "sending: nothing is logged",
                        "sending: one attempt");
            case LOGS_TEXT -> List.of("sending: nothing is logged");
            case TWICE ->
                List.of(
                        "sending: throttled",
                        "sending: unavailable",
                        "sending: server error",
                        "sending: one attempt",
                        "sending: resumed at the failed piece");
            case NEW_ID -> List.of("sending: our key is sent");
            case BEGINS_ANEW -> List.of("sending: resumed at the failed piece");
            case LOSES_EMOJI -> List.of("texts: hard texts arrive");
        };
    }

    @ParameterizedTest
    @EnumSource
    void contractShouldFindTheFaultAndNothingElse(Fault fault) {
        Suite suite = new Suite(fault);
        assertThat(Contract.checks().stream()
                        .filter(check -> check.title().matches("(" + SENDING + ").*"))
                        .map(check -> Contract.run(check, suite))
                        .filter(result -> result.state() == CheckResult.State.FAILED)
                        .map(result -> result.group() + ": " + result.name()))
                .containsExactlyInAnyOrderElementsOf(failed(fault));
    }

    /** Private, so that nothing runs it as a test. */
    private static final class Suite implements LineSample {
        private final PlantedLine connector;

        Suite(Fault fault) {
            connector = new PlantedLine(fault);
        }

        @Override
        public PlantedLine connector() {
            return connector;
        }

        @Override
        public Account account(URI provider) {
            return called("planted");
        }

        private static Account called(String id) {
            Map<String, Object> values = Map.of("apiKey", new Secret("the-planted-key"));
            Account.Installation home =
                    new Account.Installation(URI.create("https://chat.example.com"), new Secret("installation"));
            return new Account(Side.CHANNEL, id, "planted-line", values, false, home);
        }

        @Override
        public List<String> secrets() {
            return List.of("the-planted-key");
        }

        @Override
        public Answering provider() {
            return connector;
        }

        @Override
        public Account fresh() {
            return account();
        }

        @Override
        public Account impatient() {
            return account();
        }

        @Override
        public Account unreachable() {
            return called(PlantedLine.GONE);
        }

        @Override
        public String address() {
            return "ana";
        }

        @Override
        public Line open(Account account) throws TransportFailure {
            connector.open(account);
            return () -> {};
        }

        @Override
        public Outcome send(Account account, ToCustomer message) {
            return connector.send(account, message, new ContractTransport(Duration.ofSeconds(1), clock()));
        }
    }
}
