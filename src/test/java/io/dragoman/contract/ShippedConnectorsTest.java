// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.dragoman.config.Connectors;
import io.dragoman.config.ScoreCards;
import io.dragoman.connector.Connector;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every connector of the program passes the contract with its simulator, and docs/channels.md says how. */
final class ShippedConnectorsTest {
    @TestFactory
    Stream<DynamicTest> contract() {
        return Connectors.installed().stream()
                .map(connector -> dynamicTest(connector.title(), () -> {
                    try (Samples.Lent lent = Samples.of(connector, Clock.systemUTC())) {
                        ScoreCard card = Contract.run(lent.sample());
                        assertThat(card.results()).noneMatch(result -> result.state() == CheckResult.State.FAILED);
                        assertThat(ScoreCards.shipped().get(connector.title()))
                                .as(
                                        "src/main/resources/io/dragoman/config/score-cards.txt is not what the checks say. Mend it"
                                                + " with: ./dragoman connector test > cards, and move it there")
                                .isEqualTo(card.summary());
                    }
                }));
    }

    @Test
    void cardsAreThoseOfTheConnectors() {
        assertThat(ScoreCards.shipped().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Connectors.installed().stream().map(Connector::title).toList());
    }
}
