// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.contract.FakeProvider;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What simulated helpdesks have in common. */
final class HelpdeskSimulatorTest {
    private final SmallHelpdesk helpdesk = new SmallHelpdesk();

    @AfterEach
    void stop() {
        helpdesk.close();
    }

    @Test
    void callShouldBeAnsweredThrottledAndLostAsToldTo() throws Exception {
        assertThat(post("/tickets", "a")).isEqualTo(201);
        helpdesk.throttle(1);
        assertThat(post("/tickets", "b")).isEqualTo(429);
        helpdesk.loseAnswers(1);
        assertThatThrownBy(() -> post("/tickets", "c")).isInstanceOf(IOException.class);
        helpdesk.breakCall("d");
        assertThatThrownBy(() -> post("/tickets", "d")).isInstanceOf(IOException.class);
        assertThat(post("/tickets/7/messages", "d")).isEqualTo(404);
        assertThat(helpdesk.tickets().all())
                .as("what got no answer was done, what was one too many or broke off was not")
                .extracting(Ticket::subject)
                .containsExactly("a", "c");
    }

    @Test
    void openedTicketShouldBeToldWithHowToAnswer() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        helpdesk.listen(told::add);
        post("/tickets", "a");
        String first = helpdesk.tickets().all().get(0).id();
        post("/nowhere", "b");
        assertThat(told)
                .containsExactly(
                        "ticket " + first + " opened by somebody; answer: write " + first + " <text>",
                        "POST /tickets → 201",
                        "POST /nowhere → 404");
        String ana = helpdesk.tickets()
                .add(HelpdeskCustomer.of("Ana", "ana@example.com", "", ""))
                .id();
        helpdesk.customer = ana;
        post("/tickets", "c");
        assertThat(told.get(3)).contains(" opened by Ana; answer: write ");
        assertThatThrownBy(() -> helpdesk.customerWrites(helpdesk.baseUrl(), "17", "hi"))
                .hasMessageStartingWith("there is no ticket '17'; there is " + first + ", ");
    }

    @Test
    void changesByTheApiAndByAgentsShouldBePosted() throws Exception {
        try (FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            helpdesk.reportTo(gateway.baseUrl());
            post("/tickets", "a");
            String ticket = helpdesk.tickets().all().get(0).id();
            helpdesk.agentReplies(ticket, "Mara", "Hello");
            helpdesk.agentCloses(ticket);
            assertThat(helpdesk.settle()).isEqualTo(200);
            assertThat(gateway.bodies())
                    .containsExactly("CREATED true open", "WRITTEN false open", "STATUS false closed");
        }
    }

    @Test
    void webhookThatNobodyTakesShouldBeTriedAgainAndThenDropped() {
        try (FakeProvider gateway = FakeProvider.answering(500, Map.of(), "")) {
            helpdesk.webhooks(1, 1000);
            String ticket =
                    helpdesk.tickets().open(Ticket.from("1", "a", "open", "")).id();
            helpdesk.customerWrites(gateway.baseUrl(), ticket, "Hello");
            assertThat(gateway.bodies()).hasSize(3);
            assertThat(helpdesk.dropped()).isEqualTo(1);
        }
    }

    @Test
    void mergedTicketShouldHandOverItsMessages() {
        Tickets tickets = helpdesk.tickets();
        String first = tickets.open(Ticket.from("1", "a", "open", "")).id();
        String second = tickets.open(Ticket.from("1", "b", "open", "")).id();
        helpdesk.agentNotes(first, "Mara", "one");
        helpdesk.agentReplies(second, "Mara", "two");
        helpdesk.agentMerges(first, second);
        assertThat(tickets.find(first).orElseThrow().mergedInto()).isEqualTo(second);
        assertThat(tickets.find(second).orElseThrow().messages())
                .extracting(TicketMessage::text)
                .containsExactly("two", "one");
    }

    private int post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(helpdesk.baseUrl().resolve(path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Opens tickets, and tells of each change in a line. */
    private static final class SmallHelpdesk extends HelpdeskSimulator {
        private volatile String customer = "1";
        private final ApiRoutes routes = new ApiRoutes().on("POST", "/tickets", this::create);

        SmallHelpdesk() {
            super(0, Clock.systemUTC(), List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)));
            start();
        }

        private SimulatorResponse create(ApiCall call) {
            Ticket ticket = tickets().open(Ticket.from(customer, call.request().text(), "open", "normal"));
            happened(new TicketChange(TicketChange.Kind.CREATED, ticket, null, true));
            return SimulatorResponse.json(201, "{}");
        }

        @Override
        public String kind() {
            return "http";
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("baseUrl", baseUrl().toString());
        }

        @Override
        protected SimulatorResponse answer(SimulatorRequest request) throws IOException {
            return routes.answer(request).orElseGet(() -> SimulatorResponse.json(404, "{}"));
        }

        @Override
        protected SimulatorResponse tooMany() {
            return SimulatorResponse.json(429, Map.of("Retry-After", "1"), "{}");
        }

        @Override
        protected void happened(TicketChange change) {
            String line =
                    change.kind() + " " + change.byApi() + " " + change.ticket().status();
            announce("text/plain", line.getBytes(StandardCharsets.UTF_8), Map.of());
        }

        @Override
        protected String status(boolean closed) {
            return closed ? "closed" : "open";
        }

        @Override
        protected Map<String, String> signed(byte[] body) {
            return Map.of();
        }
    }
}
