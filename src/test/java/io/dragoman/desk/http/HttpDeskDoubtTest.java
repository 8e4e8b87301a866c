// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.TestClock;
import io.dragoman.TestGateway;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.model.Json;
import io.dragoman.rules.RuleBook;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Events;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What connections that break, restarts and polls do to a helpdesk that is YAML alone: nothing twice, nothing lost. */
final class HttpDeskDoubtTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path home;

    private SmallHelpdesk helpdesk;
    private final TestClock clock = TestClock.running();
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        helpdesk = new SmallHelpdesk();
        Files.createDirectories(home.resolve("config"));
        Files.createDirectories(home.resolve("profiles"));
        write("profiles/phone", PHONE);
        write("profiles/tickets", TICKETS);
        write(
                "config/gateway",
                "http: {host: 127.0.0.1, port: 0, publicUrl: \"http://127.0.0.1:8080\"}\nadmin: {port: 0, token: \"${env:W}\"}\n");
        String account = "{kind: http, word: \"${env:W}\", baseUrl: \"" + helpdesk.address() + "\", ";
        write("config/channels", "channels:\n  phone: " + account + "profile: phone}\n");
        write("config/desks", "desks:\n  help: " + account + "profile: tickets, pollEvery: 1s}\n");
        run();
    }

    private void run() throws Exception {
        Bootstrap bootstrap = new Bootstrap(home, Connectors.installed(), name -> "the-secret-word");
        Random random = new Random(1);
        Loaded<RuleBook> loaded = bootstrap.load(random);
        assertThat(loaded.errors()).isEmpty();
        gateway = Gateway.start(
                bootstrap.setup((Loaded.Usable<RuleBook>) loaded, new Setup.Environment(clock, random, failure -> {})));
    }

    @AfterEach
    void stop() {
        gateway.close();
        helpdesk.close();
    }

    @Test
    void ticketThatIsThereShouldNotBeOpenedAgain() throws Exception {
        helpdesk.cut.set(SmallHelpdesk.Cut.AFTER_WRITING);
        writes(1);
        awaitDelivered(1);
        assertThat(helpdesk.asked).containsExactly("POST /people", "POST /tickets", "GET /tickets");
        assertThat(post("/desks/help", "{\"id\": 1, \"ticket\": 81, \"text\": \"our own\"}"))
                .isEqualTo(200);
        writes(2);
        awaitDelivered(2);
        assertThat(helpdesk.asked).as("its id is known").last().isEqualTo("POST /tickets/81");
        post("/desks/help", "{\"id\": 9, \"ticket\": 81, \"text\": \"Hello\"}");
        TestGateway.await("the answer", () -> !helpdesk.texts.isEmpty());
        assertThat(helpdesk.texts)
                .as("what we wrote is no answer")
                .singleElement()
                .asString()
                .contains("Hello");
        assertThat(helpdesk.tickets).hasSize(1);
    }

    @Test
    void ticketThatIsNotFoundShouldBeOpenedOnceThatIsSure() throws Exception {
        helpdesk.cut.set(SmallHelpdesk.Cut.BEFORE_WRITING);
        writes(1);
        awaitDelivered(1);
        assertThat(helpdesk.tickets).hasSize(1);
        assertThat(helpdesk.openings).hasSize(2);
        assertThat(helpdesk.betweenOpenings()).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(helpdesk.asked)
                .as("it is asked before that is sure, and after")
                .filteredOn("GET /tickets"::equals)
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void whatIsKeptShouldBeAskedOnceAlsoOverARestart() throws Exception {
        writes(1);
        awaitDelivered(1);
        gateway.close();
        run();
        writes(2);
        awaitDelivered(2);
        assertThat(helpdesk.asked).containsExactly("POST /people", "POST /tickets", "POST /tickets/81");
    }

    @Test
    void answerByWebhookAndByPollShouldBeOne() throws Exception {
        writes(1);
        awaitDelivered(1);
        post("/desks/help", "{\"id\": 9, \"ticket\": 81, \"text\": \"nine\"}");
        TestGateway.await("the answer by webhook", () -> helpdesk.texts.size() == 1);
        helpdesk.replies.add(Map.of("id", 9, "ticket", 81, "text", "nine"));
        helpdesk.replies.add(Map.of("id", 10, "ticket", 81, "text", "ten"));
        TestGateway.await("the answer by poll", () -> helpdesk.texts.size() >= 2);
        post("/desks/help", "{\"id\": 10, \"ticket\": 81, \"text\": \"ten\"}");
        gateway.close();
        int before = helpdesk.polls.get();
        run();
        helpdesk.replies.add(Map.of("id", 11, "ticket", 81, "text", "eleven"));
        TestGateway.await("the next answer", () -> helpdesk.texts.size() >= 3);
        TestGateway.await("another poll", () -> helpdesk.polls.get() > before + 1);
        assertThat(helpdesk.texts)
                .satisfiesExactly(
                        nine -> assertThat(nine).contains("nine"),
                        ten -> assertThat(ten).contains("ten"),
                        eleven -> assertThat(eleven).contains("eleven"));
    }

    @Test
    void ticketsOfOthersShouldBeIgnored() throws Exception {
        writes(1);
        awaitDelivered(1);
        post("/desks/help", "{\"id\": 50, \"ticket\": 77, \"text\": \"not ours\"}");
        TestGateway.await("its end", () -> ended(Events.State.IGNORED) == 1);
        assertThat(ended(Events.State.DEAD)).isZero();
        helpdesk.cut.set(SmallHelpdesk.Cut.AFTER_WRITING);
        writes(2, "+4915550102");
        TestGateway.await("the second ticket", () -> helpdesk.tickets.size() == 2);
        post("/desks/help", "{\"id\": 51, \"ticket\": 82, \"text\": \"perhaps ours\"}");
        clock.move(Duration.ofMinutes(2));
        TestGateway.await(
                "a customer or a person to see it", () -> ended(Events.State.DEAD) + helpdesk.texts.size() == 1);
        assertThat(ended(Events.State.IGNORED)).isEqualTo(1);
    }

    private long ended(Events.State state) {
        return gateway.store().read(tx -> tx.events().counts()).stream()
                .filter(count -> count.source().equals("help") && count.state() == state)
                .mapToLong(Events.Count::events)
                .sum();
    }

    @Test
    void refusedPollShouldShowInHealth() throws Exception {
        TestGateway.await("a poll", () -> helpdesk.polls.get() > 0);
        TestGateway.await(
                "that all is well", () -> health().path("status").asText().equals("ok"));
        helpdesk.pollStatus.set(401);
        TestGateway.await("the refusal", () -> health().path("status").asText().equals("failing"));
        assertThat(health().at("/polling/problem").asText()).contains("Tickets answered a poll with 401");
        assertThat(health().at("/polling/nextTry").asText()).isNotEmpty();
    }

    /** Of the desk. */
    private JsonNode health() {
        HttpRequest get = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.adminPort() + "/health/ready"))
                .header("Authorization", "Bearer the-secret-word")
                .build();
        try {
            byte[] body =
                    HTTP.send(get, HttpResponse.BodyHandlers.ofByteArray()).body();
            for (JsonNode one : Json.tree(body).path("channels")) {
                if (one.path("id").asText().equals("help")) {
                    return one;
                }
            }
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitDelivered(int n) {
        TestGateway.await(
                "notice " + n,
                () -> gateway.store().read(tx -> tx.deliveries().recent(Deliveries.State.DELIVERED, 100)).stream()
                                .filter(delivery -> delivery.kind() == Deliveries.Kind.NOTICE)
                                .count()
                        >= n);
    }

    private void writes(int n) throws Exception {
        writes(n, "+4915550101");
    }

    private void writes(int n, String from) throws Exception {
        assertThat(post("/channels/phone", "{\"id\": " + n + ", \"from\": \"" + from + "\", \"text\": \"Hallo\"}"))
                .isEqualTo(200);
    }

    private int post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.publicPort() + path + "?key=the-secret-word"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private void write(String name, String yaml) throws Exception {
        Files.writeString(home.resolve(name + ".yaml"), yaml);
    }

    private static final String PHONE = """
            name: Phone
            description: Texts through a phone.
            settings:
              word: {type: secret, about: "A long word of your own in the address.", verifies: true}
              baseUrl: {type: url, about: "Where the phone's server is.", required: true}
            receive:
              verify: {token: {query: key, setting: word}}
              message: {id: id, from: from, text: text}
            send:
              text:
                path: /texts
                json: "{'to': to, 'text': text}"
            """;

    private static final String TICKETS = """
            name: Tickets
            side: desk
            description: Tickets of a small helpdesk.
            settings:
              word: {type: secret, about: "A long word of your own in the address.", required: true}
              baseUrl: {type: url, about: "Where the helpdesk is.", required: true}
            receive:
              verify: {token: {query: key, setting: word}}
              reply: {id: id, reference: ticket, text: text}
              poll: {path: /changed, query: "{'since': since}"}
            send:
              auth: {bearer: word}
              steps:
                person: {keep: true, path: /people, json: "{'name': name}", value: id}
              create:
                needs: person
                path: /tickets
                json: "{'text': body, 'key': key, 'person': steps.person}"
                lookUp:
                  path: /tickets
                  query: "{'key': key}"
                  reference: "$[key = $key].id"
                  written: "$[key = $key].note"
                  settled: 3s
              append:
                needs: person
                path: /tickets/{reference}
                json: "{'text': body, 'key': key, 'person': steps.person}"
              answer: {reference: ticket, written: note}
            """;
}
