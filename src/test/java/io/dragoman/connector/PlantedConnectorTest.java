// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.PlantedConnector.Fault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contracts pass a connector that is right, and fail each that has the fault which they are for. */
final class PlantedConnectorTest {
    /** The demand of the contracts that each fault breaks. */
    private static void demand(Fault fault, Suite suite) throws Exception {
        switch (fault) {
            case NONE -> suite.contractCarriesTheContentAndHidesTheCredentials(); // with X-API-Key
            case UNNAMED_HEADER -> suite.contractNeedsNoHeaderThatItDoesNotName();
            case SHOWS_ANSWER -> suite.contractSuccessShowsNothingOfItsAnswer();
            case LOGS_BODY -> suite.contractLogsNothingOfWhatItReads();
            case LOGS_TEXT -> suite.contractLogsNothingOfWhatItSends();
            case DROPS_UNKNOWN_TYPE -> suite.contractUnknownWordDropsNothing();
            case TRUSTS_STRANGERS -> suite.contractTrustsNoStrangersLink();
            case KEYLESS_IDEMPOTENT -> suite.contractIdempotentSendsItsKey();
            case RETRIES -> suite.contractMakesOneAttempt();
            case SHOWS_KEY -> suite.contractClassesBesideItShowNoSecret();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void contractShouldFindTheFault(Fault fault) {
        assertThatThrownBy(() -> demand(fault, new Suite(fault))).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @EnumSource
    void contractShouldPassWhatIsRight(Fault fault) {
        assertThatCode(() -> demand(fault, new Suite(Fault.NONE))).doesNotThrowAnyException();
    }

    /** Private, so that nothing runs it as a test. */
    private static final class Suite implements WebhookContract, HttpSendContract {
        private final PlantedConnector connector;

        Suite(Fault fault) {
            connector = new PlantedConnector(fault);
        }

        @Override
        public PlantedConnector connector() {
            return connector;
        }

        @Override
        public Account account(URI provider) {
            return PlantedConnector.account(provider);
        }

        @Override
        public List<String> secrets() {
            return List.of("the-planted-key");
        }

        @Override
        public List<Class<?>> classes() {
            return List.of(connector.login());
        }

        @Override
        public byte[] recorded() {
            return ("{\"id\":\"m-1\",\"type\":\"text\",\"from\":\"ana\",\"text\":\"" + CANARY + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Request signed(byte[] body) {
            return PlantedConnector.signed(body);
        }

        @Override
        public List<String> lanes() {
            return List.of("ana");
        }

        @Override
        public List<String> proof() {
            return List.of("x-proof");
        }

        @Override
        public String address() {
            return "ana";
        }
    }
}
