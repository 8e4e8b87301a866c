// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.ConnectorContract;
import io.dragoman.connector.Desk;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.contract.SampleNotice;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import io.dragoman.model.DeskNotice;
import io.dragoman.simulator.HmacSigner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The contract, by the desk's profile that is shipped: a helpdesk that signs bodies. */
final class ZammadTest implements ConnectorContract, WebhookSample, SendSample {
    private static final String TOKEN = "the-secret-of-the-webhook";

    private final Connector desk = zammad();

    private static Connector zammad() {
        try {
            return new HttpDesk().profile("zammad", Path.of("src/test/no-such-home"));
        } catch (InvalidProfile e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Connector connector() {
        return desk;
    }

    @Override
    public Account account(URI provider) {
        Map<String, String> texts = Map.of(
                "profile", "zammad",
                "baseUrl", provider.toString(),
                "token", "the-secret-of-the-api",
                "webhookToken", TOKEN,
                "domain", "customers.example.com");
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : desk.settings()) {
            String text = texts.getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(
                        setting.name(), Objects.requireNonNull(setting.parser().apply(text)));
            }
        }
        Account.Installation here =
                new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));
        return new Account(Side.DESK, "helpdesk", "http", values, false, here);
    }

    @Override
    public List<String> secrets() {
        return List.of("the-secret-of-the-api", TOKEN);
    }

    @Override
    public byte[] recorded() {
        return """
                {"ticket":{"id":81,"state":"open","owner":{"login":"emma"},"group":{"name":"Service Desk"},
                  "priority":{"name":"2 normal"},"updated_at":"2026-11-21T10:00:29.333Z"},
                 "article":{"id":108,"type":"note","sender":"Agent","internal":false,"content_type":"text/plain",
                  "body":"canary-in-the-text","created_at":"2026-11-21T10:00:29.318Z",
                  "created_by":{"firstname":"Emma","lastname":"Taylor"},"attachments":[]}}""".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        String signature = "sha1=" + HmacSigner.hex("HmacSHA1", HmacSigner.utf8(TOKEN), body);
        Map<String, String> headers = Map.of("x-hub-signature", signature, "content-type", "application/json");
        return new Request(Request.Origin.RECEIVED, "POST", "/desks/helpdesk", "", headers, body, SampleNotice.NOW);
    }

    @Test
    void ratingShouldBeAnInternalNote() throws Exception {
        List<String> written = new CopyOnWriteArrayList<>();
        HttpServer zammad = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        zammad.createContext("/", exchange -> {
            written.add(exchange.getRequestURI().getPath() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(201, 8);
            exchange.getResponseBody().write("{\"id\":7}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        zammad.start();
        try {
            DeskNotice.Data sample = SampleNotice.of("rated", "x").notice().data();
            DeskNotice rated = new DeskNotice(
                    DeskNotice.Type.CONVERSATION_UPDATED,
                    SampleNotice.NOW,
                    new DeskNotice.Data(
                            sample.conversation().referenced("81"),
                            sample.contact(),
                            null,
                            null,
                            "The customer rated the conversation 4 of 5: well done",
                            List.of()));
            URI base = URI.create("http://127.0.0.1:" + zammad.getAddress().getPort());
            assertThat(((Desk) desk).deliver(account(base), new Outbound.ToDesk("rated", rated), new PlainTransport()))
                    .isInstanceOf(Outcome.Sent.class);
            assertThat(written)
                    .singleElement()
                    .asString()
                    .contains("/api/v1/ticket_articles", "4 of 5: well done", "\"internal\":true");
        } finally {
            zammad.stop(0);
        }
    }

    @Override
    public List<String> lanes() {
        return List.of("reference:81", "reference:81");
    }

    @Override
    public List<String> proof() {
        return List.of("x-hub-signature");
    }

    @Override
    public String address() {
        return "unused";
    }

    @Override
    public Outbound outbound() {
        return SampleNotice.of("delivery-1", SENT_CANARY);
    }
}
