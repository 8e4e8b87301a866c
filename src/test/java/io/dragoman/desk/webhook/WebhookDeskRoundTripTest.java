// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dragoman.connector.Account;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Sent;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.contract.SampleNotice;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Event;
import io.dragoman.model.Part;
import io.dragoman.simulator.desk.DeskSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a helpdesk that checks signatures with code of its own. */
final class WebhookDeskRoundTripTest {
    private final DeskSimulator desk = new DeskSimulator(0, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private final WebhookDesk connector = new WebhookDesk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void aNoticeArrivesAndItsRepetitionIsKnown() {
        assertThat(send("მინდა თანხის დაბრუნება 💶")).isEqualTo(new Sent("ticket-1"));
        assertThat(send("მინდა თანხის დაბრუნება 💶")).isEqualTo(new Sent("ticket-1"));
        assertThat(desk.repeats()).isEqualTo(1);
        assertThat(desk.notes()).singleElement().satisfies(note -> {
            assertThat(note.webhookId()).isEqualTo("delivery-1");
            assertThat(note.type()).isEqualTo("message.received");
            assertThat(note.conversation()).isEqualTo("c-1");
            assertThat(note.text()).isEqualTo("მინდა თანხის დაბრუნება 💶");
            assertThat(note.json().at("/timestamp").asText()).isEqualTo("2026-11-21T10:02:11.120Z");
        });
        assertThat(desk.complaints()).isEmpty();
    }

    @Test
    void aDeskWithAnotherSecretTurnsUsAway() {
        Account other =
                WebhookDeskTest.account(Map.of("url", URI.create(desk.settings().get("url"))));
        assertThat(connector.deliver(other, SampleNotice.of("delivery-1", "x"), new PlainTransport()))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(desk.notes()).isEmpty();
        assertThat(desk.complaints()).containsExactly("webhook-signature does not match");
    }

    @Test
    void theTimeIsThatOfTheAttempt() {
        PlainTransport late = new PlainTransport() {
            @Override
            public Clock clock() {
                return Clock.offset(super.clock(), Duration.ofMinutes(-10));
            }
        };
        assertThat(connector.deliver(account(), SampleNotice.of("delivery-1", "x"), late))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(desk.complaints()).containsExactly("webhook-timestamp is too far off");
    }

    @Test
    void whatTheDeskPostsBackIsVerifiedAndRead() throws Exception {
        List<Request> requests = new CopyOnWriteArrayList<>();
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", exchange -> {
            try (exchange) {
                requests.add(received(exchange));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        gateway.start();
        try {
            URI callback = URI.create("http://127.0.0.1:" + gateway.getAddress().getPort() + "/desks/helpdesk");
            assertThat(desk.agentReplies(callback, "c-1", "Mara", "სალამი 👋")).isEqualTo(200);
            assertThat(desk.agentCloses(callback, "c-1")).isEqualTo(200);
        } finally {
            gateway.stop(0);
        }
        List<Event> events = new ArrayList<>();
        for (Request request : requests) {
            events.addAll(connector.read(account(), connector.verify(account(), request)));
        }
        assertThat(events).hasSize(2);
        assertThat(((DeskEvent.AgentReplied) events.get(0)).parts()).containsExactly(new Part.Text("სალამი 👋"));
        assertThat(((DeskEvent.AgentReplied) events.get(0)).author()).isEqualTo("Mara");
        assertThat(events.get(1)).isInstanceOf(DeskEvent.ConversationClosed.class);
        assertThat(events).extracting(Event::key).doesNotHaveDuplicates();
    }

    private static Request received(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
        Map<String, String> headers = new java.util.TreeMap<>();
        for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
            headers.put(name, String.valueOf(exchange.getRequestHeaders().getFirst(name)));
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        return new Request(Request.Origin.RECEIVED, "POST", "/desks/helpdesk", "", headers, body, Instant.now());
    }

    private Outcome send(String text) {
        return connector.deliver(account(), SampleNotice.of("delivery-1", text), new PlainTransport());
    }

    private Account account() {
        return WebhookDeskTest.account(
                Map.of("url", URI.create(desk.settings().get("url")), "secret", new Secret(desk.secret())));
    }
}
