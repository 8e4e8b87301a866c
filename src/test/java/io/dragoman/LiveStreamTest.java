// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.config.AdminSettings.NamedToken;
import io.dragoman.config.TestSettings;
import io.dragoman.model.Hashes;
import io.dragoman.model.Role;
import io.dragoman.rules.Decision;
import io.dragoman.store.TestStore;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens, as a browser hears it on the admin port. */
final class LiveStreamTest {
    private static final String LIST = "/api/v1/conversations";

    @TempDir
    private Path data;

    @Test
    void listenerShouldHearOfEachChangeAndGoOnWhereItWas() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            String first;
            String last;
            try (Listener listener = new Listener(test, null)) {
                TestGateway.await("a place", () -> listener.lastId() != null);
                first = listener.lastId();
                receive(test, "ana", "m1");
                TestGateway.await("the conversation", () -> listener.has("conversation", "\"channel\":\"shop\""));
                TestGateway.await("the figures", () -> listener.has("figures", "\"dead\":0"));
                String id = listener.data("conversation").get(0).path("id").asText();
                assertThat(test.admin(LIST + "/" + id)
                                .at("/contact/identities/0/value")
                                .asText())
                        .isEqualTo("ana");
                int before = listener.data("conversation").size();
                tag(test, id);
                TestGateway.await("the tag", () -> listener.data("conversation").size() > before);
                TestGateway.await("its place", () -> !listener.lastId().equals(first));
                last = listener.lastId();
            }
            // while nobody listened
            receive(test, "bea", "m2");
            String bea = conversation(test, "bea");
            try (Listener listener = new Listener(test, last)) {
                TestGateway.await("what was missed", () -> listener.has("conversation", bea));
                assertThat(listener.data("reset")).isEmpty();
            }
            try (Listener listener = new Listener(test, first)) {
                TestGateway.await("all of it", () -> listener.has("conversation", bea));
                assertThat(listener.data("conversation").stream()
                                .map(one -> one.path("id").asText())
                                .distinct())
                        .hasSize(2);
            }
        }
    }

    @Test
    void placeThatIsNotKeptShouldBeReset() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            for (int i = 0; i < 5; i++) {
                receive(test, "c" + i, "n" + i);
                conversation(test, "c" + i);
            }
            for (String place : List.of("999999", "-5", "nonsense")) {
                try (Listener listener = new Listener(test, place)) {
                    TestGateway.await("the reset", () -> listener.has("reset", "{}"));
                    assertThat(listener.lastId()).matches("\\d+");
                }
            }
            test.gateway.store().writeAndWait(tx -> {
                tx.changes().prune(1, 1_000);
                return true;
            });
            try (Listener listener = new Listener(test, "1")) {
                TestGateway.await("the reset", () -> listener.has("reset", "{}"));
            }
            assertThat(test.admin("GET", "/api/v1/stream?after=x", null).statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void healthShouldBeToldWhenItChanges() throws Exception {
        try (TestGateway test = new TestGateway(data);
                Listener listener = new Listener(test, null)) {
            TestGateway.await("the figures", () -> listener.has("figures", "\"paused\":0"));
            test.admin("POST", "/api/v1/pause", "{\"id\":\"desk\"}");
            TestGateway.await("the pause", () -> listener.has("health", "{\"id\":\"desk\",\"state\":\"paused\"}"));
            TestGateway.await("the figure", () -> listener.has("figures", "\"paused\":1"));
        }
    }

    @Test
    void whoIsErasedShouldLeaveEveryPage() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            receive(test, "ana", "m1");
            String id = conversation(test, "ana");
            String contact = test.admin(LIST + "/" + id).at("/contact/id").asText();
            try (Listener listener = new Listener(test, null)) {
                TestGateway.await("the figures", () -> listener.has("figures", "\"dead\":0"));
                assertThat(listener.data("reset")).isEmpty();
                test.admin("POST", "/api/v1/contacts/" + contact + "/erase", "{}");
                TestGateway.await("the reset", () -> listener.has("reset", "{}"));
                assertThat(test.admin("GET", LIST + "/" + id, null).statusCode())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void refusedRequestShouldBeToldOfItsChannel() throws Exception {
        try (TestGateway test = new TestGateway(data);
                Listener listener = new Listener(test, null)) {
            TestGateway.await("the figures", () -> listener.has("figures", "\"paused\":0"));
            assertThat(listener.data("health")).isEmpty();
            test.postForged("[]");
            TestGateway.await("the refusal", () -> listener.has("health", "\"id\":\"shop\""));
        }
    }

    @Test
    void whatAnotherGatewayWroteShouldBeHeard() throws Exception {
        TestStore shared = TestStore.postgres(data);
        try (TestGateway one = gateway(shared, "one");
                TestGateway two = gateway(shared, "two");
                Listener listener = new Listener(two, null)) {
            TestGateway.await("a place", () -> listener.lastId() != null);
            receive(one, "ana", "m1");
            String id = conversation(one, "ana");
            TestGateway.await("it", () -> listener.has("conversation", id));
        }
    }

    @Test
    void tooManyShouldBeRefusedAndAllShouldEndWithTheGateway() throws Exception {
        List<Listener> listeners = new java.util.ArrayList<>();
        try (TestGateway test = new TestGateway(data)) {
            for (int i = 0; i < 20; i++) {
                listeners.add(new Listener(test, null));
            }
            assertThat(test.admin("GET", "/api/v1/stream", null).statusCode()).isEqualTo(429);
            listeners.remove(0).close();
            TestGateway.await("room", () -> {
                try {
                    listeners.add(new Listener(test, null));
                    return true;
                } catch (AssertionError e) {
                    return false;
                }
            });
        }
        for (Listener listener : listeners) {
            TestGateway.await("the end", listener::ended);
            listener.close();
        }
    }

    @Test
    void onePersonShouldLeaveRoomForTheOthers() throws Exception {
        List<NamedToken> tokens = IntStream.range(0, 6)
                .mapToObj(i -> new NamedToken("v" + i, Role.VIEWER, Hashes.sha256Hex("token-" + i)))
                .toList();
        List<Listener> listeners = new java.util.ArrayList<>();
        try (TestGateway test = new TestGateway(
                data,
                situation -> Decision.NOTHING,
                new TestChannel(),
                new TestDesk(),
                setup -> setup.with(TestSettings.with(setup.settings(), tokens)))) {
            for (int i = 0; i < 100; i++) {
                listeners.add(new Listener(test, "token-" + i / 20, null));
                if (i == 19) {
                    assertThatThrownBy(() -> new Listener(test, "token-0", null))
                            .isInstanceOf(AssertionError.class);
                }
            }
            assertThatThrownBy(() -> new Listener(test, "token-5", null))
                    .as("a hundred in all")
                    .isInstanceOf(AssertionError.class);
        }
        listeners.forEach(Listener::close);
    }

    private TestGateway gateway(TestStore shared, String name) throws Exception {
        return new TestGateway(
                data.resolve(name),
                situation -> Decision.NOTHING,
                new TestChannel(),
                new TestDesk(),
                setup -> setup.with(TestSettings.with(setup.settings(), shared.url())));
    }

    private static void receive(TestGateway test, String from, String id) {
        assertThat(test.post("[{\"id\":\"" + id + "\",\"from\":\"" + from + "\",\"text\":\"hello\"}]"))
                .isEqualTo(200);
    }

    private static void tag(TestGateway test, String id) {
        test.admin("POST", LIST + "/" + id + "/tags", "{\"add\":[\"vip\"]}", "Idempotency-Key", "tag");
    }

    private static String conversation(TestGateway test, String from) {
        TestGateway.await("the conversation of " + from, () -> find(test, from) != null);
        return find(test, from);
    }

    private static String find(TestGateway test, String from) {
        for (JsonNode one : test.admin(LIST).path("conversations")) {
            if (one.path("address").asText().equals(from)) {
                return one.path("id").asText();
            }
        }
        return null;
    }
}
