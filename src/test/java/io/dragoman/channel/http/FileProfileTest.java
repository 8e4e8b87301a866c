// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that go in the request itself, and files that come in it. */
final class FileProfileTest {
    private static final String PROFILE = """
            name: Acme
            description: Messages through Acme.
            settings:
              proof: {type: secret, about: "What proves a request is authentic.", verifies: true}
              baseUrl: {type: url, about: "Where the API of Acme is.", default: "https://api.acme.example"}
            receive:
              verify: {token: {header: X-Key, setting: proof}}
              each: messages
              message:
                id: id
                from: from
                text: text
                media: "files.{'data': base64, 'url': url, 'type': type, 'name': name}"
            send:
              text:
                path: /send
                json: "{'to': to, 'text': text}"
              media:
                path: /send
                json: |
                  {"to": to, "text": text, "file": "data:" & media.type & ";base64," & media.base64, "again": media.base64}
              answer: {id: id}
            limits:
              media: {image: {largest: 5 MB}}
            """;

    private final PlainTransport transport = new PlainTransport();
    private HttpServer provider;
    private byte[] posted = new byte[0];

    @BeforeEach
    void start() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", exchange -> {
            posted = exchange.getRequestBody().readAllBytes();
            byte[] answer = "{\"id\":\"p-1\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        provider.start();
    }

    @AfterEach
    void stop() {
        provider.stop(0);
    }

    private Account account(HttpChannel channel) {
        return Profiles.account(
                channel,
                Map.of(
                        "proof",
                        "the-proof",
                        "baseUrl",
                        "http://127.0.0.1:" + provider.getAddress().getPort()));
    }

    private static ToCustomer picture(String id, String text) {
        Part.Media media = new Part.Media(Part.MediaKind.IMAGE, "image/png", "a.png", null, null, id, null);
        return new ToCustomer(
                "d-1",
                "m-1",
                "c-1",
                "+4915550101",
                List.of(media, new Part.Text(text)),
                null,
                null,
                List.of(),
                null,
                false);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @Test
    void fileShouldStandInTheJsonAsBase64WhateverItsSize() throws Exception {
        HttpChannel channel = Profiles.of(PROFILE);
        for (int size : new int[] {0, 1, 2, 3, 4, 12_287, 12_288, 12_289, 3_000_000}) {
            byte[] file = bytes(size);
            transport.put("file-1", file);
            assertThat(channel.send(account(channel), picture("file-1", "file-"), transport))
                    .isEqualTo(new Outcome.Sent("p-1"));
            String right = Base64.getEncoder().encodeToString(file);
            var json = Json.tree(posted);
            assertThat(json.path("file").asText().equals("data:image/png;base64," + right))
                    .as("size " + size)
                    .isTrue();
            assertThat(json.path("again").asText().equals(right)).isTrue();
            assertThat(json.path("text").asText()).isEqualTo("file-");
        }
    }

    @Test
    void fileShouldBeAPartOfAFormWithItsBytesAsTheyAre() throws Exception {
        HttpChannel channel = Profiles.of(PROFILE.replaceAll(
                "(?s)json: \\|.*?again[^\n]*\n",
                "multipart: \"{'to': to, 'tags': ['a', 'b'], 'caption': text}\"\n    file: upload\n"));
        byte[] file = bytes(100_000);
        transport.put("file-1", file);
        assertThat(channel.send(account(channel), picture("file-1", "Zoë\r\n--x"), transport))
                .isEqualTo(new Outcome.Sent("p-1"));
        String form = new String(posted, StandardCharsets.ISO_8859_1);
        assertThat(form.contains(new String(file, StandardCharsets.ISO_8859_1))).isTrue();
        assertThat(form)
                .contains("name=\"to\"", "+4915550101", "name=\"caption\"", "name=\"upload\"; filename=\"a.png\"");
        assertThat(form.split("name=\"tags\"", -1)).hasSize(3);
    }

    @Test
    void whatHasNoBytesShouldBeRefusedBeforeAnythingIsAsked() throws Exception {
        HttpChannel channel = Profiles.of(PROFILE);
        Outcome outcome = channel.send(account(channel), picture(null, ""), transport);
        assertThat(outcome)
                .isEqualTo(new Outcome.Refused(Reason.MEDIA_REFUSED, "the file has no bytes that could be sent"));
        assertThat(transport.calls()).isEmpty();
    }

    private static Request posted(String body) {
        return new Request(
                Request.Origin.RECEIVED,
                "POST",
                "/channels/texts",
                "",
                Map.of("x-key", "the-proof"),
                body.getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-11-21T10:00:30Z"));
    }

    /** An event says where the bytes stand; they are fetched from the stored request, whatever their size. */
    @Test
    void filesInTheBodyShouldBeFetchedFromTheirPlace() throws Exception {
        HttpChannel channel = Profiles.of(PROFILE);
        byte[] large = bytes(4_000_000);
        String file = "{\"base64\":\"" + Base64.getEncoder().encodeToString(large) + "\",\"type\":\"image/png\"}";
        Request request = posted("{\"messages\":[{\"id\":\"1\",\"from\":\"+4915550101\",\"text\":\"A\"},"
                + "{\"id\":\"2\",\"from\":\"+4915550101\",\"files\":[{\"base64\":\"aGVsbG8\",\"name\":\"h.txt\"},"
                + "{\"url\":\"https://x.example/1\"}," + file + ",{\"base64\":\"no base64!\"}]}]}");
        var events = channel.read(account(channel), channel.verify(account(channel), request));
        List<Part> parts = ((MessageReceived) events.get(1)).parts();
        assertThat(parts)
                .extracting(part -> ((Part.Media) part).source())
                .containsExactly("body:1/0", "https://x.example/1", "body:1/2", "body:1/3");
        assertThat(fetched(channel, request, parts.get(0))).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(java.util.Arrays.equals(fetched(channel, request, parts.get(2)), large))
                .isTrue();
        assertThat(channel.fetch(account(channel), (Part.Media) parts.get(3), request, transport))
                .isEqualTo(
                        new Outcome.Refused(Reason.MEDIA_REFUSED, "what stands in the message is no file in Base64"));
        Part.Media elsewhere = Part.Media.incoming(Part.MediaKind.FILE, null, null, null, "body:7/0");
        assertThat(channel.fetch(account(channel), elsewhere, request, transport))
                .isInstanceOf(Outcome.Refused.class);
    }

    private byte[] fetched(HttpChannel channel, Request request, Part part) {
        Outcome outcome = channel.fetch(account(channel), (Part.Media) part, request, transport);
        assertThat(outcome).isInstanceOf(Outcome.Fetched.class);
        return transport.kept(((Outcome.Fetched) outcome).blob().sha256());
    }
}
