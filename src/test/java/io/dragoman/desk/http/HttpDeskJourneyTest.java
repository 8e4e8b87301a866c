// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.TestGateway;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.model.Conversation;
import io.dragoman.rules.RuleBook;
import io.dragoman.store.Conversations;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer and an agent speak through a provider and a helpdesk that are YAML alone, both at one real server. */
final class HttpDeskJourneyTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path home;

    /** What the helpdesk was asked, and what the provider was to bring to the customer. */
    private final List<String> written = new CopyOnWriteArrayList<>();

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final List<String> files = new CopyOnWriteArrayList<>();
    private final AtomicInteger articles = new AtomicInteger();
    private HttpServer server;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            String answer = path.equals("/token")
                    ? "{\"access_token\":\"for-files\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
                    : "{}";
            if (path.startsWith("/tickets")) {
                written.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + path + " " + body);
                answer = "{\"ticket\":81,\"article\":" + articles.incrementAndGet() + "}";
            } else if (path.startsWith("/files")) {
                files.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.getResponseHeaders().set("Content-Type", "image/png");
            } else if (!path.equals("/token")) {
                sent.add(body);
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        Files.createDirectories(home.resolve("config"));
        Files.createDirectories(home.resolve("profiles"));
        write("profiles/phone", PHONE);
        write("profiles/tickets", TICKETS);
        write(
                "config/gateway",
                "http: {host: 127.0.0.1, port: 0, publicUrl: \"http://127.0.0.1:8080\"}\nadmin: {port: 0}\n");
        write(
                "config/channels",
                "channels:\n  phone: {kind: http, profile: phone, word: \"${env:W}\", baseUrl: \"" + base + "\"}\n");
        write(
                "config/desks",
                "desks:\n  help: {kind: http, profile: tickets, word: \"${env:W}\", baseUrl: \"" + base
                        + "\", tokenUrl: \"" + base + "/token\"}\n");
        Bootstrap bootstrap = new Bootstrap(home, Connectors.installed(), name -> "the-secret-word");
        Random random = new Random(1);
        Loaded<RuleBook> loaded = bootstrap.load(random);
        assertThat(loaded.errors()).isEmpty();
        gateway = Gateway.start(bootstrap.setup(
                (Loaded.Usable<RuleBook>) loaded, new Setup.Environment(Clock.systemUTC(), random, failure -> {})));
    }

    @AfterEach
    void stop() {
        gateway.close();
        server.stop(0);
    }

    @Test
    void aCustomerAndAnAgentShouldSpeakAndNothingShouldComeBack() throws Exception {
        assertThat(post("/channels/phone", "{\"id\": 1, \"from\": \"+4915550101\", \"text\": \"Hallo\"}"))
                .isEqualTo(200);
        TestGateway.await("the ticket", () -> written.size() == 1);
        assertThat(written.get(0)).isEqualTo("Bearer the-secret-word /tickets {\"text\":\"Hallo\"}");
        post("/channels/phone", "{\"id\": 2, \"from\": \"+4915550101\", \"text\": \"Noch etwas\"}");
        TestGateway.await("the second message", () -> written.size() == 2);
        assertThat(written.get(1)).isEqualTo("Bearer the-secret-word /tickets/81/articles {\"text\":\"Noch etwas\"}");
        TestGateway.await("all that was written to be known", this::allIsKnown);

        String answer = "{\"article\": 9, \"ticket\": 81, \"html\": \"<p>Guten <b>Tag</b></p>\", \"agent\": \"Mara\"}";
        assertThat(post("/desks/help", answer)).isEqualTo(200);
        TestGateway.await("the answer", () -> sent.size() == 1);
        assertThat(sent.get(0)).isEqualTo("{\"to\":\"+4915550101\",\"text\":\"Guten Tag\"}");

        post("/desks/help", answer);
        post("/desks/help", "{\"article\": 2, \"ticket\": 81, \"html\": \"Noch etwas\", \"agent\": \"Bot\"}");
        post("/desks/help", "{\"article\": 10, \"ticket\": 81, \"html\": \"Bis bald\", \"closed\": true}");
        TestGateway.await("the last answer", () -> sent.size() >= 2);
        TestGateway.await("the end", () -> conversations().get(0).status() == Conversation.State.CLOSED);
        assertThat(sent)
                .as("a repetition, and what we wrote ourselves, reach nobody")
                .hasSize(2)
                .last()
                .isEqualTo("{\"to\":\"+4915550101\",\"text\":\"Bis bald\"}");
        assertThat(conversations()).hasSize(1);
        assertThat(written).hasSize(2);
    }

    /** A file out of the body of a message is a link for the desk; an agent's is fetched with the desk's access token. */
    @Test
    void filesShouldGoBothWays() throws Exception {
        post("/channels/phone", "{\"id\": 1, \"from\": \"+4915550101\", \"text\": \"Hier\", \"file\": \"aGVsbG8=\"}");
        TestGateway.await("the ticket", () -> written.size() == 1);
        Matcher link =
                Pattern.compile("http://127.0.0.1:8080(/media/[^\"\\\\]+)").matcher(written.get(0));
        assertThat(link.find()).as(written.get(0)).isTrue();
        HttpRequest get = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.publicPort() + link.group(1)))
                .build();
        assertThat(HTTP.send(get, HttpResponse.BodyHandlers.ofString()).body()).isEqualTo("hello");

        String file = "http://127.0.0.1:" + server.getAddress().getPort() + "/files/1";
        post("/desks/help", "{\"article\": 9, \"ticket\": 81, \"html\": \"Da\", \"file\": \"" + file + "\"}");
        TestGateway.await("the answer", () -> sent.size() == 2);
        assertThat(files).containsExactly("/files/1 Bearer for-files");
        assertThat(String.join("\n", sent)).contains("/media/");
    }

    @Test
    void whatIsNotProvedShouldReachNobody() throws Exception {
        post("/channels/phone", "{\"id\": 1, \"from\": \"+4915550101\", \"text\": \"Hallo\"}");
        TestGateway.await("the ticket", () -> written.size() == 1);
        assertThat(send("/desks/help?key=guess", "{\"article\": 9, \"ticket\": 81, \"html\": \"x\"}"))
                .isEqualTo(401);
        assertThat(sent).isEmpty();
    }

    private boolean allIsKnown() {
        String conversation = conversations().get(0).id();
        return gateway.store()
                .read(tx -> tx.attempts().wrote("help", conversation, "1", 10)
                        && tx.attempts().wrote("help", conversation, "2", 10));
    }

    private List<Conversation> conversations() {
        return gateway.store().read(tx -> tx.conversations().recent(Conversations.Filter.ALL, Long.MAX_VALUE, "", 10));
    }

    private int post(String path, String body) throws Exception {
        return send(path + "?key=the-secret-word", body);
    }

    private int send(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.publicPort() + path))
                .header("Content-Type", "application/json")
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
              message: {id: id, from: from, text: text, media: "file.{'data': $, 'type': 'text/plain', 'name': 'a.txt'}"}
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
              client: {type: text, about: "The client's id, from the console.", default: gateway}
              tokenUrl: {type: url, about: "Where the access tokens come from.", required: true}
              baseUrl: {type: url, about: "Where the helpdesk is.", required: true}
            receive:
              verify: {token: {query: key, setting: word}}
              reply:
                id: article
                reference: ticket
                text: $htmlText(html)
                author: agent
                media: "file.{'url': $, 'type': 'image/png', 'name': 'slip.png'}"
              closed:
                when: closed
                reference: ticket
            send:
              auth: {bearer: word}
              create:
                path: /tickets
                json: "{'text': body}"
              append:
                path: /tickets/{reference}/articles
                json: "{'text': body}"
              answer: {reference: ticket, written: article}
            media:
              auth: {oauth: {tokenUrl: tokenUrl, clientId: client, clientSecret: word}}
            """;
}
