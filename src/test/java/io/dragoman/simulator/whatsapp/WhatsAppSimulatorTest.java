// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dragoman.channel.whatsapp.WhatsApp;
import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Event;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simulated Meta and the connector talk to each other over real HTTP. */
final class WhatsAppSimulatorTest {
    private final WhatsAppSimulator meta = new WhatsAppSimulator(0);
    private final WhatsApp whatsApp = new WhatsApp();
    private final Account account = account();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private HttpServer gateway;
    private URI callback;

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", exchange -> {
            try (exchange) {
                Map<String, String> headers = new HashMap<>();
                exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
                String query = exchange.getRequestURI().getRawQuery();
                Acknowledgement answer = take(new Request(
                        Request.Origin.RECEIVED,
                        exchange.getRequestMethod(),
                        "/",
                        query == null ? "" : query,
                        headers,
                        exchange.getRequestBody().readAllBytes(),
                        Instant.now()));
                byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                if (body.length > 0) {
                    exchange.getResponseBody().write(body);
                }
            }
        });
        gateway.start();
        callback = URI.create("http://127.0.0.1:" + gateway.getAddress().getPort() + "/channels/shop");
    }

    @AfterEach
    void close() {
        gateway.stop(0);
        meta.close();
    }

    @Test
    void handshakeShouldSucceedOnlyWithTheRightToken() {
        assertThat(meta.handshake(callback)).isTrue();
        assertThat(meta.handshake(meta.baseUrl())).isFalse();
    }

    @Test
    void customersShouldBeHeard() {
        meta.named("+4917000", "Ana B");
        assertThat(meta.customerWrites(callback, "+4917000", "გამარჯობა 👋🏽 \"x\""))
                .isEqualTo(200);
        MessageReceived heard = (MessageReceived) next();
        assertThat(heard.parts()).containsExactly(new Part.Text("გამარჯობა 👋🏽 \"x\""));
        assertThat(heard.sender().name()).isEqualTo("Ana B");
        assertThat(heard.sender().address()).isEqualTo("+4917000");
        assertThat(heard.sender().identities()).extracting("type").containsExactly("whatsapp", "phone");
        meta.customerWrites(callback, "GE.77", "no number");
        assertThat(((MessageReceived) next()).sender().address()).isEqualTo("GE.77");
        meta.customerTaps(callback, "+4917000", "yes", "Yes", "wamid.OUT");
        MessageReceived tap = (MessageReceived) next();
        assertThat(tap.parts()).containsExactly(new Part.ChoiceMade("yes", "Yes"));
        assertThat(tap.replyTo()).isEqualTo("wamid.OUT");
        meta.customerReplies(callback, "+4917000", "that one", "wamid.OUT");
        assertThat(((MessageReceived) next()).replyTo()).isEqualTo("wamid.OUT");
    }

    @Test
    void repetitionShouldHaveTheSameKey() {
        meta.customerWrites(callback, "+4917000", "hi");
        assertThat(meta.repeats(callback)).isEqualTo(200);
        assertThat(next()).isEqualTo(next());
        meta.customerWrites(callback, "+4917000", "hi");
        assertThat(events.peek()).isNotNull();
    }

    @Test
    void photoShouldComeInTwoStepsWithItsCaption() {
        byte[] photo = {1, 2, 3, (byte) 0xff};
        meta.customerSends(callback, "+4917000", photo, "image/jpeg", "broken");
        MessageReceived heard = (MessageReceived) next();
        assertThat(heard.parts()).element(1).isEqualTo(new Part.Text("broken"));
        PlainTransport transport = new PlainTransport();
        Part.Media media = (Part.Media) heard.parts().get(0);
        Outcome.Fetched fetched =
                (Outcome.Fetched) whatsApp.fetch(account, media, Request.polled("", photo, Instant.EPOCH), transport);
        assertThat(transport.kept(fetched.blob().sha256())).isEqualTo(photo);
        meta.expireMedia();
        assertThat(whatsApp.fetch(account, media, Request.polled("", photo, Instant.EPOCH), transport))
                .isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void statusesShouldFollowWhatWasSent() {
        meta.reportTo(callback);
        String id = ((Outcome.Sent) whatsApp.send(account, text("+4917000"), new PlainTransport())).externalId();
        for (Status status : List.of(Status.SENT, Status.DELIVERED, Status.READ)) {
            CustomerEvent.Receipt receipt = (CustomerEvent.Receipt) next();
            assertThat(receipt.status()).isEqualTo(status);
            assertThat(receipt.externalId()).isEqualTo(id);
            assertThat(receipt.lane()).isEqualTo("+4917000");
        }
        meta.fails(callback, String.valueOf(id), 131026);
        assertThat(((CustomerEvent.Receipt) next()).reason()).isEqualTo(Reason.RECIPIENT_UNKNOWN);
    }

    @Test
    void seenShouldBeNoted() {
        meta.customerWrites(callback, "+4917000", "hi");
        String id = ((MessageReceived) next()).externalId();
        Outcome outcome =
                whatsApp.markRead(account, new Outbound.ReadReceipt("k", "+4917000", id), new PlainTransport());
        assertThat(outcome).isEqualTo(new Outcome.Sent(null));
        assertThat(meta.seen()).containsExactly(id);
    }

    private Acknowledgement take(Request request) {
        try {
            events.addAll(whatsApp.read(account, whatsApp.verify(account, request)));
            return whatsApp.acknowledge(account, request);
        } catch (AuthenticationFailed e) {
            return new Acknowledgement(e.status(), "text/plain", "");
        } catch (MalformedPayload e) {
            return new Acknowledgement(200, "text/plain", "unreadable");
        }
    }

    private Event next() {
        try {
            Event event = events.poll(5, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no event came");
            }
            return event;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Outbound.ToCustomer text(String address) {
        return new Outbound.ToCustomer(
                "k", "m", "c", address, List.of(new Part.Text("hello")), null, null, List.of(), null, false);
    }

    private Account account() {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : whatsApp.settings()) {
            String text = meta.settings().getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        Account.Installation home =
                new Account.Installation(URI.create("https://chat.example.com"), new Secret("installation"));
        return new Account(Side.CHANNEL, "shop", "whatsapp", values, false, home);
    }
}
