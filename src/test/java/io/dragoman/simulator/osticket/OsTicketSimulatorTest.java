// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.osticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.simulator.helpdesk.Ticket;
import io.dragoman.simulator.helpdesk.TicketMail;
import io.dragoman.simulator.helpdesk.TicketMessage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What osTicket's API takes and refuses. */
final class OsTicketSimulatorTest {
    private static final String HELLO =
            "{\"name\":\"Ana\",\"email\":\"ana@customers.example.com\",\"subject\":\"Shoes\",\"message\":\"data:text/plain,Hello\"}";

    private final OsTicketSimulator osticket = new OsTicketSimulator(0);

    @AfterEach
    void stop() {
        osticket.close();
    }

    @Test
    void mailShouldGoToTheTicketOfItsSender() throws Exception {
        HttpResponse<String> made = post("/api/tickets.json", key(), HELLO);
        assertThat(made.statusCode()).isEqualTo(201);
        String mail = "From: \"Ana\" <%s>\r\nSubject: Re: Shoes [#" + made.body() + "]\r\n\r\nThe blue ones.";
        assertThat(post("/api/tickets.email", key(), mail.formatted("ana@customers.example.com"))
                        .body())
                .isEqualTo(made.body());
        assertThat(post("/api/tickets.email", key(), mail.formatted("bo@customers.example.com"))
                        .body())
                .as("somebody else's mail opens a ticket of its own")
                .isNotEqualTo(made.body());
        Ticket ticket = osticket.tickets().find(made.body()).orElseThrow();
        assertThat(ticket.messages()).extracting(TicketMessage::text).containsExactly("Hello", "The blue ones.");
    }

    @Test
    void agentsAnswerShouldBeMailed() throws Exception {
        String ticket = post("/api/tickets.json", key(), HELLO).body();
        osticket.agentNotes(ticket, "Mara", "A note");
        osticket.agentReplies(ticket, "Mara", "Good day");
        assertThat(osticket.tickets().mails())
                .containsExactly(new TicketMail(ticket, "ana@customers.example.com", "Good day", false));
    }

    @Test
    void wrongCallsShouldBeRefused() throws Exception {
        assertThat(post("/api/tickets.json", "another", HELLO).statusCode()).isEqualTo(401);
        assertThat(post("/api/tickets.json", key(), "{\"name\":\"Ana\"}").statusCode())
                .isEqualTo(400);
        assertThat(post("/api/tickets.json", key(), "no json").statusCode()).isEqualTo(400);
        assertThat(post("/api/tickets.pdf", key(), HELLO).statusCode()).isEqualTo(415);
        assertThat(osticket.tickets().all()).isEmpty();
    }

    private String key() {
        return osticket.settings().get("apiKey");
    }

    private HttpResponse<String> post(String path, String key, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(osticket.baseUrl().resolve(path))
                .header("X-API-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
