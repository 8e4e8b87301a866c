// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.RetrySafety;
import io.dragoman.model.Reason;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.AddNote;
import io.dragoman.store.Deliveries;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a desk's connector keeps of a conversation comes back to it, and to nobody else. */
final class KeptForDeskTest {
    @TempDir
    private Path data;

    private TestGateway test;

    @BeforeEach
    void start() throws Exception {
        // a note, so that the whole notice is stored
        test = new TestGateway(data, situation -> new Decision(List.of(new AddNote("a note")), List.of()));
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    @DisplayName("the next notice brings it, also after it was changed")
    void keptShouldComeWithTheNextNotice() {
        test.desk.outcomes.add(new Outcome.Sent("T-1").keeping(Map.of("customer", "u-77", "last", "1")));
        test.desk.outcomes.add(new Outcome.Sent("T-1").keeping(Map.of("last", "2")));
        assertThat(told(1).kept()).isEmpty();
        assertThat(told(2).kept()).isEqualTo(Map.of("customer", "u-77", "last", "1"));
        assertThat(told(3).kept()).isEqualTo(Map.of("customer", "u-77", "last", "2"));
        assertThat(told(3).toString()).doesNotContain("u-77");
        List<Deliveries.Stored> stored =
                test.gateway.store().read(tx -> tx.deliveries().recent(null, 100));
        assertThat(stored)
                .filteredOn(delivery -> delivery.kind() == Deliveries.Kind.NOTICE)
                .extracting(Deliveries.Stored::payload)
                .allSatisfy(payload -> assertThat(payload).contains("a note").doesNotContain("u-77"));
    }

    @Test
    @DisplayName("a look-up is given it, and may add to it")
    void lookUpShouldKnowAndKeep() {
        test.desk.retrySafety = RetrySafety.QUERYABLE;
        test.desk.outcomes.add(new Outcome.Sent("T-1").keeping(Map.of("customer", "u-77")));
        told(1);
        test.desk.outcomes.add(new Outcome.Uncertain(Reason.TIMEOUT, "no answer"));
        test.desk.lookups.add(new DeliveryLookup.Found("T-1", Map.of("last", "2")));
        writes(2);
        TestGateway.await("the look-up", () -> !test.desk.lookedUp.isEmpty());
        assertThat(((ToDesk) test.desk.lookedUp.get(0)).kept()).isEqualTo(Map.of("customer", "u-77"));
        writes(3);
        TestGateway.await("the third message", () -> test.desk.sent.size() >= 2);
        assertThat(((ToDesk) test.desk.sent.get(1)).kept()).isEqualTo(Map.of("customer", "u-77", "last", "2"));
    }

    /** What the desk was told when the customer wrote for the n-th time. */
    private ToDesk told(int n) {
        writes(n);
        List<Outbound> sent = test.desk.sent;
        TestGateway.await("message " + n, () -> sent.size() >= n && settled(n));
        return (ToDesk) sent.get(n - 1);
    }

    private boolean settled(int n) {
        return test.gateway.store().read(tx -> tx.deliveries().recent(Deliveries.State.DELIVERED, 100)).stream()
                        .filter(delivery -> delivery.kind() == Deliveries.Kind.NOTICE)
                        .count()
                >= n;
    }

    private void writes(int n) {
        assertThat(test.post("[{\"id\":\"m" + n + "\",\"from\":\"ana\",\"text\":\"hello\"}]"))
                .isEqualTo(200);
    }
}
