// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.config.TestSettings;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.rules.Decision;
import io.dragoman.store.Conversations;
import io.dragoman.store.StoreCopy;
import io.dragoman.store.StoreException;
import io.dragoman.store.StoreUrl;
import io.dragoman.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store moves to another database, and the gateway goes on there. */
final class StoreCopyTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "from SQLite to PostgreSQL and back: what waited goes out, conversations go on, copies are known again")
    void journeysShouldGoOnAfterTheCopy() throws Exception {
        StoreUrl sqlite = new StoreUrl.Sqlite(folder.resolve("data/dragoman.db"));
        try (TestStore postgres = TestStore.postgres(folder.resolve("data"))) {
            String conversation = before(sqlite, postgres);
            Map<String, Long> rows = copy(sqlite, postgres.url());
            assertThat(rows)
                    .containsEntry("message", 2L)
                    .containsEntry("event", 3L)
                    .containsEntry("delivery", 2L)
                    .containsEntry("conversation_desk", 1L)
                    .doesNotContainKeys("peer", "flyway_schema_history");
            assertThatThrownBy(() -> copy(sqlite, postgres.url()))
                    .isInstanceOf(StoreException.Unusable.class)
                    .hasMessageContaining("is not empty");

            try (TestGateway test = gateway(postgres.url(), new TestDesk())) {
                TestGateway.await("what waited", () -> texts(test.desk).contains("two"));
                writes(test, "one");
                writes(test, "three");
                TestGateway.await("the next", () -> texts(test.desk).contains("three"));
                assertThat(texts(test.desk)).containsExactly("two", "three");
                assertThat(latest(test).id()).isEqualTo(conversation);
                assertThat(test.admin("/api/v1/dead").path("deadLetters")).hasSize(1);
                assertThatThrownBy(() -> copy(postgres.url(), new StoreUrl.Sqlite(folder.resolve("x/dragoman.db"))))
                        .isInstanceOf(StoreException.Unusable.class)
                        .hasMessageContaining("a gateway is at work");
            }
            StoreUrl back = new StoreUrl.Sqlite(folder.resolve("back/dragoman.db"));
            assertThat(copy(postgres.url(), back)).containsEntry("message", 3L);
            try (TestGateway test = gateway(back, new TestDesk())) {
                writes(test, "three");
                writes(test, "four");
                TestGateway.await("the last", () -> texts(test.desk).contains("four"));
                assertThat(texts(test.desk)).containsExactly("four");
                assertThat(latest(test).id()).isEqualTo(conversation);
            }
        }
    }

    /** One delivered message, one that waits for a desk that is down, one dead event; refused while it runs. */
    private String before(StoreUrl sqlite, TestStore postgres) throws Exception {
        TestDesk desk = new TestDesk();
        try (TestGateway test = gateway(sqlite, desk)) {
            writes(test, "one");
            TestGateway.await("the first", () -> texts(desk).contains("one"));
            desk.outcomes.add(new Outcome.Retry(Reason.PROVIDER_DOWN, "down", Duration.ofMillis(1)));
            for (int i = 0; i < 40; i++) {
                desk.outcomes.add(new Outcome.Retry(Reason.PROVIDER_DOWN, "down", Duration.ofSeconds(1)));
            }
            writes(test, "two");
            TestGateway.await("the failure", () -> desk.outcomes.size() < 41);
            assertThat(test.post("no json")).isEqualTo(200);
            assertThatThrownBy(() -> copy(sqlite, postgres.url()))
                    .isInstanceOf(StoreException.Unusable.class)
                    .hasMessageContaining("in use by another gateway");
            return latest(test).id();
        }
    }

    private static Map<String, Long> copy(StoreUrl from, StoreUrl to) {
        return new StoreCopy(from, to).run();
    }

    private TestGateway gateway(StoreUrl url, TestDesk desk) throws Exception {
        return new TestGateway(
                folder.resolve("data"),
                situation -> Decision.NOTHING,
                new TestChannel(),
                desk,
                setup -> setup.with(TestSettings.with(setup.settings(), url)));
    }

    private static void writes(TestGateway test, String text) {
        assertThat(test.post("[{\"id\":\"" + text + "\",\"from\":\"ana\",\"text\":\"" + text + "\"}]"))
                .isEqualTo(200);
    }

    private static List<String> texts(TestDesk desk) {
        return desk.sent.stream()
                .map(ToDesk.class::cast)
                .filter(told -> told.notice().type() == DeskNotice.Type.MESSAGE_RECEIVED)
                .map(told -> ((Part.Text) told.notice().data().message().parts().get(0)).text())
                .toList();
    }

    private static Conversation latest(TestGateway test) {
        return test.gateway
                .store()
                .read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 1))
                .get(0);
    }
}
