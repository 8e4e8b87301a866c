// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.PlantedConnector.Fault;
import io.dragoman.contract.AnsweredSample;
import io.dragoman.contract.CheckResult;
import io.dragoman.contract.Contract;
import io.dragoman.contract.ContractCheck;
import io.dragoman.contract.ContractTransport;
import io.dragoman.contract.FakeProvider;
import io.dragoman.contract.ReceiptSample;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.UserSample;
import io.dragoman.model.Part;
import io.dragoman.simulator.Simulator.Delivered;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract passes a connector that is right, and fails each that has a fault by the check that is for it. */
final class PlantedConnectorTest {
    /** What no service declares. */
    private static final List<String> UNDECLARED =
            List.of("settings: the kind is the folder", "settings: found by its kind");

    /** The checks that each fault fails. */
    private static List<String> failed(Fault fault) {
        return switch (fault) {
            case NONE -> List.of(); // with X-API-Key
            case UNNAMED_HEADER -> List.of("reading: needs no header that it does not name");
            case SHOWS_ANSWER -> List.of("sending: an answer is not shown");
            case LOGS_BODY -> List.of("reading: nothing is logged");
            case LOGS_TEXT -> List.of("sending: nothing is logged");
            case DROPS_UNKNOWN_TYPE -> List.of("reading: an unknown word drops nothing");
            case TRUSTS_STRANGERS -> List.of("media: a stranger's link");
            case KEYLESS_IDEMPOTENT -> List.of("sending: our key is sent");
            case RETRIES -> List.of("sending: one attempt", "sending: unavailable");
            case TAKES_ANYTHING ->
                List.of("proof: every bit counts", "proof: missing or wrong", "proof: another secret");
            case COUNTS -> List.of("reading: a second copy", "reading: copies in parallel");
            case CHANGES_BODY -> List.of("reading: the request is left as it was");
            case STUMBLES -> List.of("reading: odd shapes");
            case ALL_OR_NOTHING -> List.of("batches: half good, half bad");
            case TAKES_ALL -> List.of("batches: for another account");
            case CERTAIN -> List.of("sending: server error");
            case IGNORES_WAIT -> List.of("sending: throttled");
            case LOSES_EMOJI -> List.of("texts: hard texts arrive");
            case HAS_NO_LIMIT -> List.of("texts: limits make sense");
            case OPENS_FILES -> List.of("media: a source that is no link");
            case FORGETS_OLD_KEY, KEEPS_TAKEN_KEY -> List.of("secrets: two while one changes");
            case KEYS_BY_TIME -> List.of("reading: brought again");
            case OBJECTS_ONLY -> List.of("batches: half good, half bad");
            case NAMES_ANOTHER -> List.of("receipts: before the answer");
            case ONE_KEY_FOR_ALL -> List.of("receipts: twice");
            case RECEIPTS_BY_TIME -> List.of("receipts: a week later");
            case NEVER_BACK -> List.of("receipts: backwards");
            case SPLITS -> List.of("sending: resumed at the failed piece");
            case ASKS_AGAIN -> List.of("media: an address inside");
            case ANSWERS_ANYWHERE -> List.of("media: addresses in what is posted");
            case ANSWERS_LAST, ANSWERS_ALL -> List.of("sending: the customer who wrote gets it");
            case CUTS_LONG -> List.of("texts: the longest text is taken");
            case SHOWS_KEY -> List.of("secrets: no class beside it shows one");
        };
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void contractShouldFindTheFault(Fault fault) {
        List<ContractCheck> demands = Contract.checks().stream()
                .filter(check -> failed(fault).contains(check.title()))
                .toList();
        assertThat(demands).hasSameSizeAs(failed(fault)).allSatisfy(check -> {
            CheckResult result = Contract.run(check, new Suite(fault));
            assertThat(result.state()).isEqualTo(CheckResult.State.FAILED);
            assertThat(result.found()).isNotBlank();
            assertThat(result.expected()).isNotBlank();
        });
    }

    @ParameterizedTest
    @EnumSource
    void addressesShouldBeLookedForInEveryKindOfBody(PlantedBody posted) {
        ContractCheck demand = Contract.checks().stream()
                .filter(check -> check.title().equals("media: addresses in what is posted"))
                .findFirst()
                .orElseThrow();
        assertThat(Contract.run(demand, new Suite(Fault.NONE, posted)).state()).isEqualTo(CheckResult.State.PASSED);
        assertThat(Contract.run(demand, new Suite(Fault.ANSWERS_ANYWHERE, posted))
                        .state())
                .isEqualTo(CheckResult.State.FAILED);
    }

    @ParameterizedTest
    @EnumSource
    void oddValuesShouldBeTriedInEveryKindOfBody(PlantedBody posted) {
        ContractCheck demand = Contract.checks().stream()
                .filter(check -> check.title().equals("reading: an unknown word drops nothing"))
                .findFirst()
                .orElseThrow();
        assertThat(Contract.run(demand, new Suite(Fault.DROPS_UNKNOWN_TYPE, posted))
                        .state())
                .isEqualTo(CheckResult.State.FAILED);
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "FORGETS_OLD_KEY", "KEEPS_TAKEN_KEY"})
    void secretsOfUsersShouldChangeLikeOthers(Fault fault) {
        ContractCheck demand = Contract.checks().stream()
                .filter(check -> check.title().equals("secrets: two while one changes"))
                .findFirst()
                .orElseThrow();
        Suite suite = new Suite(fault);
        suite.users = true;
        assertThat(Contract.run(demand, suite).state())
                .isEqualTo(fault == Fault.NONE ? CheckResult.State.PASSED : CheckResult.State.FAILED);
    }

    @Test
    void contractShouldPassWhatIsRight() {
        assertThat(Contract.run(new Suite(Fault.NONE)).results())
                .filteredOn(result -> result.state() == CheckResult.State.FAILED)
                .extracting(result -> result.group() + ": " + result.name())
                .containsExactlyElementsOf(UNDECLARED);
    }

    /** Private, so that nothing runs it as a test. */
    private static final class Suite implements UserSample, SendSample, ReceiptSample, AnsweredSample {
        private final PlantedConnector connector;
        private final PlantedBody posted;
        private boolean users;

        Suite(Fault fault) {
            this(fault, PlantedBody.JSON);
        }

        Suite(Fault fault, PlantedBody posted) {
            connector = new PlantedConnector(fault);
            this.posted = posted;
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
            return posted.saying(CANARY);
        }

        @Override
        public Request signed(byte[] body) {
            return PlantedConnector.signed(body, posted.type());
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
        public boolean provesBody() {
            return false;
        }

        @Override
        public String address() {
            return "ana";
        }

        @Override
        public Optional<Boolean> letsIn(Account account) {
            try {
                return users ? Optional.of(connector.verify(account, request()) != null) : Optional.empty();
            } catch (AuthenticationFailed e) {
                return Optional.of(false);
            }
        }

        /** The address is the name. */
        @Override
        public Answered answered(String customer, String another, String text) throws Exception {
            for (String name : List.of(customer, another)) {
                String written = new String(recorded(), StandardCharsets.UTF_8).replace("ana", name);
                Request request = signed(written.getBytes(StandardCharsets.UTF_8));
                connector.read(account(), connector.verify(account(), request));
            }
            try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{}")) {
                ContractTransport wire = new ContractTransport(Duration.ofSeconds(10), clock());
                ToCustomer answer = OutboundToCustomerBuilder.builder((ToCustomer) outbound())
                        .address(customer)
                        .parts(List.of(new Part.Text(text)))
                        .build();
                Outcome outcome = connector.send(account(provider.baseUrl()), answer, wire);
                List<Delivered> delivered = new ArrayList<>();
                for (int i = 0; i < wire.calls().size(); i++) {
                    String to = wire.calls().get(i).headers().get("X-To");
                    delivered.add(new Delivered(to, "s-1", provider.bodies().get(i)));
                }
                return new Answered(outcome, delivered);
            }
        }

        /** Two receipts of the message whose id {@link PlantedConnector#send} gives. */
        @Override
        public Told told() {
            return new Told(new Outcome.Sent("s-1"), List.of(receipt("delivered"), receipt("read")));
        }

        private static Request receipt(String status) {
            return PlantedConnector.signed(
                    ("{\"to\":\"shop\",\"all\":[{\"id\":\"s-1\",\"type\":\"receipt\",\"status\":\"" + status + "\"}]}")
                            .getBytes(StandardCharsets.UTF_8),
                    PlantedBody.JSON.type());
        }
    }
}
