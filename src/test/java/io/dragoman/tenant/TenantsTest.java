// SPDX-License-Identifier: Apache-2.0
package io.dragoman.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestGateway;
import io.dragoman.connector.Outbound;
import io.dragoman.model.Json;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two businesses in one process: each from its customer to its desk and back, and neither hinders the other. */
final class TenantsTest {
    private TenantFolders test;

    @BeforeEach
    void make(@TempDir Path top) throws Exception {
        test = new TenantFolders(top, "").add("acme", "").add("my-shop", "");
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    @DisplayName(
            "a customer of each writes, each desk hears of its own alone, and each answer goes to its own customer")
    void eachShouldHaveItsOwnConversations() throws Exception {
        test.start();
        for (String name : new String[] {"acme", "my-shop"}) {
            assertThat(test.written(name, "m1", "+995555", "hello " + name)).isEqualTo(200);
            TestGateway.await(
                    "the desk of " + name, () -> test.desks.get(name).sent.size() == 1);
            assertThat(Json.write(test.desks.get(name).sent.get(0))).contains("hello " + name);
            String conversation =
                    test.get(name, "conversations").at("/conversations/0/id").asText();
            String answer =
                    "[{\"type\":\"agent.replied\",\"key\":\"k1\",\"at\":\"2026-11-30T10:00:00Z\",\"conversation\":\""
                            + conversation + "\",\"parts\":[{\"type\":\"text\",\"text\":\"answer of " + name + "\"}]}]";
            assertThat(test.post(name, "/desks/desk", name + " desk", answer)).isEqualTo(200);
            TestGateway.await(
                    "the answer of " + name, () -> test.channels.get(name).sent.size() == 1);
            Outbound sent = test.channels.get(name).sent.get(0);
            assertThat(Json.write(sent)).contains("answer of " + name);
        }
        assertThat(test.get("acme", "conversations").path("conversations")).hasSize(1);
        assertThat(test.gateway("my-shop").setup().settings().http().publicUrl())
                .hasToString("https://chat.example.com/t/my-shop");
        assertThat(Files.exists(test.home("acme").resolve("data/dragoman.db"))).isTrue();
        assertThat(Files.exists(test.home("my-shop").resolve("data/dragoman.db")))
                .isTrue();
    }

    @Test
    @DisplayName(
            "one whose configuration is broken is told of and asked to wait for, starts when mended, and stops no other")
    void brokenOneShouldStopNoOther() throws Exception {
        test.write("acme", "channels", "channels:\n  shop: {kind: test-chanel}\n");
        test.start();
        assertThat(test.written("my-shop", "m1", "ana", "hi")).isEqualTo(200);
        assertThat(test.written("acme", "m1", "ana", "hi"))
                .as("providers come again")
                .isEqualTo(503);
        assertThat(health("/health/ready")).contains("\"status\":\"ready\",\"tenants\":2,\"notReady\":1");
        assertThat(test.ask(test.topToken(), "GET", "/metrics", null).body())
                .contains("dragoman_tenant_running{tenant=\"acme\"} 0.0")
                .contains("dragoman_tenant_running{tenant=\"my-shop\"} 1.0");
        JsonNode acme = tenant("acme");
        assertThat(acme.path("state").asText()).isEqualTo("broken");
        assertThat(acme.at("/problems/0").asText()).contains("config/channels.yaml:2:16", "test-channel");

        test.add("acme", "");
        test.tenants().look();
        assertThat(tenant("acme").path("state").asText())
                .as("a file may be half written")
                .isEqualTo("broken");
        test.tenants().look();
        assertThat(tenant("acme").path("state").asText()).isEqualTo("running");
        assertThat(test.written("acme", "m1", "ana", "hi")).isEqualTo(200);
        assertThat(health("/health/ready")).contains("\"notReady\":0");
    }

    @Test
    @DisplayName("one whose store failed is stopped at once and started again, with what it had, and the others go on")
    void failedStoreShouldStopNoOther() throws Exception {
        test.start();
        assertThat(test.written("acme", "m1", "ana", "hi")).isEqualTo(200);
        TestGateway.await("the desk", () -> test.desks.get("acme").sent.size() == 1);
        test.gateway("acme").setup().environment().fatal().accept(new IllegalStateException("simulated"));
        assertThat(tenant("acme").path("ready").asBoolean()).isFalse();
        test.tenants().look();
        assertThat(tenant("acme").path("state").asText()).isEqualTo("failed");
        assertThat(test.written("acme", "m2", "ana", "hi")).isEqualTo(503);
        assertThat(test.written("my-shop", "m1", "ana", "hi")).isEqualTo(200);
        test.tenants().look();
        assertThat(tenant("acme").path("state").asText()).as("not at once").isEqualTo("failed");
        test.clock.move(Tenant.AGAIN);
        test.tenants().look();
        assertThat(test.written("acme", "m2", "ana", "hi")).isEqualTo(200);
        TestGateway.await("both", () -> test.desks.get("acme").sent.size() == 2);
        assertThat(test.get("acme", "conversations").path("conversations")).hasSize(1);
    }

    @Test
    @DisplayName("one tenant's files are reloaded for it alone, and a broken change leaves its old ones active")
    void reloadShouldBeOfOne() throws Exception {
        test.start();
        test.write("acme", "channels", "channels:\n  shop: {kind: test-channel, secret: another}\n");
        TestGateway.await("the reload", () -> test.post("acme", "/channels/shop", "another", "[]") == 200);
        assertThat(test.written("my-shop", "m1", "ana", "hi")).isEqualTo(200);
        test.write("acme", "channels", "channels:\n  shop: {kind: test-channel, secrets: x}\n");
        TestGateway.await("the problem", () -> !tenant("acme").path("problems").isEmpty());
        assertThat(tenant("acme").path("state").asText()).isEqualTo("running");
        assertThat(tenant("my-shop").path("problems")).isEmpty();
        assertThat(test.post("acme", "/channels/shop", "another", "[]")).isEqualTo(200);
    }

    @Test
    @DisplayName(
            "a new folder starts, a stopped one stops and starts again, one that is gone stops, a wrong name is none")
    void foldersShouldComeAndGo() throws Exception {
        test.start();
        test.add("third", "");
        Files.createDirectories(test.top.resolve("tenants/Not_A_Name/config"));
        test.tenants().look();
        assertThat(test.written("third", "m1", "ana", "hi")).isEqualTo(200);
        assertThat(test.tenants().reports()).hasSize(3);

        test.file("acme", "stopped", "");
        test.tenants().look();
        assertThat(test.written("acme", "m1", "ana", "hi")).isEqualTo(503);
        assertThat(tenant("acme").path("state").asText()).isEqualTo("stopped");
        assertThat(health("/health/ready")).contains("\"tenants\":2,\"notReady\":0");
        Files.delete(test.home("acme").resolve("stopped"));
        test.tenants().look();
        assertThat(test.written("acme", "m1", "ana", "hi")).isEqualTo(200);

        Files.move(test.home("third"), test.top.resolve("third"));
        test.tenants().look();
        assertThat(tenant("third").path("state").asText())
                .as("perhaps for a moment only")
                .isEqualTo("running");
        test.tenants().look();
        assertThat(test.written("third", "m3", "ana", "hi")).isEqualTo(404);
        assertThat(test.tenants().reports()).hasSize(2);
    }

    @Test
    @DisplayName("two that would share a store are not let into it, the second says so")
    void oneStoreShouldBeOneTenants() throws Exception {
        String store = "store: {url: \"postgresql://dragoman@127.0.0.1:1/one?currentSchema=x\", password: x}\n";
        test.write("acme", "gateway", store).write("my-shop", "gateway", store);
        test.start();
        // the one that comes first cannot reach it either, and leaves it
        assertThat(tenant("acme").path("state").asText()).isEqualTo("failed");
        assertThat(tenant("my-shop").path("state").asText()).isEqualTo("failed");
        assertThat(new StorePlaces().take("a", test.gatewaySettings("acme"))).isEmpty();
        StorePlaces places = new StorePlaces();
        assertThat(places.take("acme", test.gatewaySettings("acme"))).isEmpty();
        assertThat(places.take("acme", test.gatewaySettings("acme")))
                .as("again")
                .isEmpty();
        assertThat(places.take("my-shop", test.gatewaySettings("my-shop")))
                .hasValueSatisfying(why -> assertThat(why).contains("tenant acme", "currentSchema=my_shop"));
        places.leave("acme");
        assertThat(places.take("my-shop", test.gatewaySettings("my-shop"))).isEmpty();
    }

    @Test
    @DisplayName("two that would share a topic of Kafka's likewise, also by the default")
    void oneTopicShouldBeOneTenants() throws Exception {
        test.write("acme", "gateway", "inbox: {kafka: {brokers: \"127.0.0.1:9092\"}}\n")
                .write("my-shop", "gateway", "inbox: {kafka: {brokers: \"localhost:9092\"}}\n");
        StorePlaces places = new StorePlaces();
        assertThat(places.take("acme", test.gatewaySettings("acme"))).isEmpty();
        assertThat(places.take("my-shop", test.gatewaySettings("my-shop")))
                .hasValueSatisfying(why -> assertThat(why).contains("tenant acme", "dragoman-inbox-my-shop"));
        test.write("my-shop", "gateway", "inbox: {kafka: {brokers: \"localhost:9092\", topic: shop}}\n");
        assertThat(places.take("my-shop", test.gatewaySettings("my-shop"))).isEmpty();
    }

    @Test
    @DisplayName("a path that only looks like a tenant's is nobody's")
    void pathShouldBeTakenAsItWasSent() throws Exception {
        test.start();
        for (String path : new String[] {
            "/channels/shop",
            "/t/",
            "/t/acme",
            "/t/acmex/channels/shop",
            "/t/acme//channels/shop",
            "/t/acme/../my-shop/channels/shop",
            "/t/%61cme/channels/shop",
            "/T/acme/channels/shop",
            "/t/acme/t/my-shop/channels/shop"
        }) {
            assertThat(TenantFolders.send(HttpRequest.newBuilder(test.publicUrl(path))
                                    .POST(HttpRequest.BodyPublishers.ofString("[]"))
                                    .build())
                            .statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(test.post("acme", "/channels/shop", "acme shop", "[]")).isEqualTo(200);
    }

    @Test
    @DisplayName(
            "wrong tokens and signatures count for the tenant that they were shown to, and shut nobody out of another")
    void wrongTokensShouldCountForOneTenant() throws Exception {
        test.write("acme", "gateway", "http: {maxRefused: 3}\n");
        test.write("my-shop", "gateway", "http: {maxRefused: 3}\n");
        test.start();
        for (int expected : new int[] {401, 401, 401, 429}) {
            assertThat(conversations("acme", "wrong")).isEqualTo(expected);
            assertThat(test.post("acme", "/channels/shop", "wrong", "[]")).isEqualTo(expected);
        }
        assertThat(conversations("acme", test.token("acme")))
                .as("its own are shut out")
                .isEqualTo(429);
        assertThat(conversations("my-shop", test.token("my-shop"))).isEqualTo(200);
        assertThat(conversations("my-shop", "wrong")).as("counted from one").isEqualTo(401);
        assertThat(test.post("my-shop", "/channels/shop", "wrong", "[]")).isEqualTo(401);
        assertThat(test.ask(test.topToken(), "GET", "/api/v1/tenants", null).statusCode())
                .as("the installation's own")
                .isEqualTo(200);
    }

    private int conversations(String name, String token) {
        return test.ask(token, "GET", "/t/" + name + "/api/v1/conversations", null)
                .statusCode();
    }

    private String health(String path) {
        return TenantFolders.send(HttpRequest.newBuilder(test.adminUrl(path)).build())
                .body();
    }

    private JsonNode tenant(String name) {
        for (JsonNode one : TenantFolders.json(test.ask(test.topToken(), "GET", "/api/v1/tenants", null)
                        .body())
                .path("tenants")) {
            if (one.path("name").asText().equals(name)) {
                return one;
            }
        }
        throw new AssertionError(name);
    }
}
