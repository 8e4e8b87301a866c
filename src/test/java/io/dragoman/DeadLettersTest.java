// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import io.dragoman.rules.Decision;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Events;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is purged: what is dead is seen, replayed in order with the same keys, or discarded with a reason. */
final class DeadLettersTest {
    private static final String API = "/api/v1/";

    @TempDir
    private Path data;

    @Test
    void deadDeliveriesAreReplayedInOrderWithTheKeysThatTheyHad() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            for (int i = 0; i < 3; i++) {
                test.desk.outcomes.add(new Outcome.Refused(Reason.CONTENT_REFUSED, "the desk answered 422"));
            }
            for (String id : List.of("m1", "m2", "m3")) {
                test.post("[{\"id\":\"" + id + "\",\"from\":\"ana\",\"text\":\"" + id + "\"}]");
            }
            TestGateway.await("three dead", () -> dead(test, "").path("count").asInt() == 3);
            assertThat(dead(test, "?reason=content-refused&channel=shop")
                            .path("count")
                            .asInt())
                    .as("also found by the conversation's channel")
                    .isEqualTo(3);
            assertThat(dead(test, "?reason=throttled").path("count").asInt()).isZero();
            assertThat(dead(test, "?until=2020-01-01T00:00:00Z").path("count").asInt())
                    .isZero();
            JsonNode first = dead(test, "").at("/deadLetters/0");
            assertThat(test.admin(API + "conversations/"
                                    + first.path("conversation").asText())
                            .at("/conversation/address")
                            .asText())
                    .as("whose it is")
                    .isEqualTo(first.path("who").asText());
            assertCause(test, first);
            JsonNode dry = post(test, "dead/replay", "{\"channel\":\"desk\",\"dryRun\":true}");
            assertThat(dry.path("matched").asInt()).isEqualTo(3);
            assertThat(dry.path("done").asInt()).isZero();
            assertThat(test.desk.sent).isEmpty();
            List<String> keys = keys(test);
            JsonNode done = post(test, "dead/replay", "{\"channel\":\"desk\",\"perSecond\":1000}");
            assertThat(done.path("done").asInt()).isEqualTo(3);
            TestGateway.await("all three at the desk", () -> test.desk.sent.size() == 3);
            assertThat(test.desk.sent).extracting(Outbound::key).isEqualTo(keys);
            assertThat(dead(test, "").path("count").asInt()).isZero();
        }
    }

    /** The overview tells of them as one, with where, why, how many and since when. */
    private static void assertCause(TestGateway test, JsonNode latest) {
        TestGateway.await(
                "the need", () -> test.admin(API + "overview").toString().contains("dead-deliveries"));
        JsonNode need = test.admin(API + "overview").at("/needs/0");
        assertThat(need.path("code").asText()).isEqualTo("dead");
        assertThat(need.path("target").asText()).isEqualTo("desk");
        assertThat(need.path("count").asInt()).isEqualTo(3);
        assertThat(need.path("text").asText()).startsWith("3 deliveries to desk failed for good: content-refused.");
        assertThat(need.path("since").asText())
                .isLessThanOrEqualTo(latest.path("at").asText());
        assertThat(need.at("/action/screen").asText()).isEqualTo("dead?channel=desk");
    }

    /** Of the deliveries, in the order in which they were made. */
    private static List<String> keys(TestGateway test) {
        return test.gateway.store().read(tx -> tx.deliveries().recent(Deliveries.State.DEAD, 10)).stream()
                .map(Deliveries.Stored::key)
                .sorted()
                .toList();
    }

    @Test
    void whatCouldNotBeReadIsReadAgainAfterAFixAndOnlyOnce() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            test.channel.broken = true;
            String body = "[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]";
            assertThat(test.post(body)).as("acknowledged: its bytes are kept").isEqualTo(200);
            String id = dead(test, "").at("/deadLetters/0/id").asText();
            JsonNode shown = test.admin(API + "dead/" + id);
            assertThat(new String(shown.at("/raw/body").binaryValue(), StandardCharsets.UTF_8))
                    .isEqualTo(body);
            assertThat(post(test, "dead/replay", "{\"id\":\"" + id + "\"}")
                            .path("unreadable")
                            .asInt())
                    .isEqualTo(1);
            assertThat(dead(test, "").path("count").asInt()).as("still dead").isEqualTo(1);
            test.channel.broken = false;
            assertThat(post(test, "dead/replay", "{\"all\":true}").path("done").asInt())
                    .isEqualTo(1);
            TestGateway.await("the message at the desk", () -> test.desk.sent.size() == 1);
            assertThat(test.post(body)).isEqualTo(200);
            assertThat(dead(test, "").path("count").asInt()).isZero();
            Events.Stored event = test.gateway
                    .store()
                    .read(tx -> tx.events().find("shop", "m1"))
                    .orElseThrow();
            assertThat(event.duplicates()).as("the provider's copy is known").isEqualTo(1);
            assertThat(test.admin(API + "ledger").path("difference").asInt()).isZero();
        }
    }

    @Test
    void eventThatFailedIsReplayedAndItsEffectsAreThereOnce() throws Exception {
        boolean[] bug = {true};
        try (TestGateway test = new TestGateway(data, situation -> {
            if (bug[0]) {
                throw new IllegalStateException("simulated");
            }
            return Decision.NOTHING;
        })) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]");
            TestGateway.await(
                    "dead after three failures",
                    () -> dead(test, "").path("count").asInt() == 1);
            bug[0] = false;
            post(test, "dead/replay", "{\"reason\":\"processing failed\"}");
            TestGateway.await("the message at the desk", () -> test.desk.sent.size() == 1);
            assertThat(test.admin(API + "ledger").path("difference").asInt()).isZero();
        }
    }

    @Test
    void discardedIsIgnoredOrCancelledWithTheReason() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            test.post("no json");
            String event = dead(test, "").at("/deadLetters/0/id").asText();
            JsonNode done = post(test, "dead/discard", "{\"id\":\"" + event + "\",\"why\":\"a test of theirs\"}");
            assertThat(done.path("done").asInt()).isEqualTo(1);
            Events.Stored stored =
                    test.gateway.store().read(tx -> tx.events().find(event)).orElseThrow();
            assertThat(stored.state()).isEqualTo(Events.State.IGNORED);
            assertThat(stored.reason()).isEqualTo("discarded: a test of theirs");
            assertThat(test.admin(API + "ledger").path("difference").asInt()).isZero();
        }
    }

    @Test
    void ordersThatSayNothingOrNonsenseAreRefused() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            for (String body :
                    List.of("{}", "{\"since\":\"yesterday\"}", "[]", "{\"id\":7}", "{\"all\":true,\"perSecond\":0}")) {
                HttpResponse<String> answer = test.admin("POST", API + "dead/replay", body);
                assertThat(answer.statusCode()).as(body).isEqualTo(400);
            }
            assertThat(test.admin("GET", API + "dead/none", null).statusCode()).isEqualTo(404);
            assertThat(test.admin("POST", API + "pause", "{\"id\":\"nobody\"}").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void pausedDeskGetsNothingUntilItIsResumedAndNothingIsLost() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            JsonNode paused = post(test, "pause", "{\"id\":\"desk\",\"reason\":\"moving house\"}");
            assertThat(paused.at("/targets/0/reason").asText()).isEqualTo("moving house");
            TestGateway.await("the pause is seen", () -> sending(test, "desk").equals("paused"));
            TestGateway.await("in the metrics", () -> stopped(test, "paused"));
            for (int i = 0; i < 5; i++) {
                assertThat(test.post("[{\"id\":\"m" + i + "\",\"from\":\"ana\",\"text\":\"" + i + "\"}]"))
                        .isEqualTo(200);
            }
            TestGateway.await("all through the journey", () -> ready(test) == 5);
            assertThat(test.desk.sent).isEmpty();
            post(test, "resume", "{\"id\":\"desk\"}");
            TestGateway.await("all at the desk", () -> test.desk.sent.size() == 5);
            assertThat(test.admin("POST", API + "resume", "{\"id\":\"desk\"}").statusCode())
                    .as("it is not paused any more")
                    .isEqualTo(409);
        }
    }

    private static long ready(TestGateway test) {
        return test.gateway.store().read(tx -> tx.deliveries().counts()).stream()
                .filter(count -> count.state() == Deliveries.State.READY)
                .mapToLong(Deliveries.Count::deliveries)
                .sum();
    }

    @Test
    void deskWithOpenCircuitSaysSoAndIsTriedAgain() throws Exception {
        TestDesk desk = new TestDesk();
        for (int i = 0; i < 5; i++) {
            desk.outcomes.add(new Outcome.Retry(Reason.PROVIDER_DOWN, "the desk answered 503"));
        }
        try (TestGateway test =
                new TestGateway(data, situation -> Decision.NOTHING, new TestChannel(), desk, setup -> setup)) {
            for (int i = 0; i < 5; i++) {
                test.post("[{\"id\":\"m" + i + "\",\"from\":\"customer" + i + "\",\"text\":\"hello\"}]");
            }
            TestGateway.await("circuit open", () -> sending(test, "desk").equals("circuit-open"));
            TestGateway.await("in the metrics", () -> stopped(test, "circuit-open"));
            assertThat(test.admin("/health/ready").at("/status").asText())
                    .as("what comes in is taken all the same")
                    .isEqualTo("ready");
            TestGateway.await("all at the desk", () -> desk.sent.size() == 5);
            assertThat(sending(test, "desk")).isEqualTo("ok");
        }
    }

    private static boolean stopped(TestGateway test, String why) {
        return test.admin("GET", "/metrics", null)
                .body()
                .contains("dragoman_target_stopped{target=\"desk\",why=\"" + why + "\"} 1");
    }

    private static String sending(TestGateway test, String id) {
        for (JsonNode channel : test.admin("/health/ready").path("channels")) {
            if (channel.path("id").asText().equals(id)) {
                return channel.at("/sending/status").asText();
            }
        }
        return "";
    }

    private static JsonNode dead(TestGateway test, String query) {
        return test.admin(API + "dead" + query);
    }

    private static JsonNode post(TestGateway test, String path, String body) throws IOException {
        HttpResponse<String> answer = test.admin("POST", API + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
