// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dragoman.config.Connectors;
import io.dragoman.connector.Connector;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TransportFailure;
import io.dragoman.http.client.HttpTransport;
import io.dragoman.http.client.SsrfGuard;
import io.dragoman.http.client.TransportSettings;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Event;
import io.dragoman.model.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every address in every recorded payload is replaced by one of this machine, where a server counts who comes. */
final class MediaOfThisMachineTest {
    private static final Path RECORDED = Path.of("src/test/resources/io/dragoman/channel");

    private final AtomicInteger visits = new AtomicInteger();
    private HttpServer inside;
    private Guarded transport;

    @BeforeEach
    void listen() throws IOException {
        inside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        inside.createContext("/", exchange -> {
            visits.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        inside.start();
        transport = new Guarded(inside.getAddress().getPort());
    }

    @AfterEach
    void close() {
        inside.stop(0);
    }

    @Test
    @DisplayName("media are never fetched from this machine because a payload says so, whatever the channel")
    void mediaShouldBeRefused() throws Exception {
        Map<String, Integer> fetched = new TreeMap<>();
        for (Connector connector : Connectors.installed()) {
            if (connector instanceof MediaSource source) {
                List<Path> all = recorded(connector);
                if (!all.isEmpty()) {
                    try (Samples.Lent lent = Samples.of(connector, Clock.systemUTC())) {
                        for (Path recorded : all) {
                            int times = fetch(lent.sample(), source, recorded);
                            if (times > 0) {
                                fetched.merge(connector.kind(), times, Integer::sum);
                            }
                        }
                    }
                }
            }
        }
        assertThat(visits).hasValue(0);
        // whose payloads name files by an address; others name them by an id, which the provider is asked for
        assertThat(fetched.keySet()).containsAll(List.of("discord", "line", "slack", "twilio", "viber", "x"));
        assertThat(fetched.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(20);
    }

    private static List<Path> recorded(Connector connector) throws IOException {
        Path cases = RECORDED.resolve(connector.kind().replace("-", "")).resolve("cases");
        if (!Files.isDirectory(cases)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cases)) {
            return files.filter(file -> file.getFileName().toString().contains(".in."))
                    .sorted()
                    .toList();
        }
    }

    /** How many attachments there were of which an address is inside. */
    private int fetch(ConnectorSample sample, MediaSource source, Path recorded) throws IOException {
        byte[] payload = inside(Files.readAllBytes(recorded));
        Request request = Request.polled("test", payload, Instant.parse("2026-11-21T10:00:00Z"));
        int fetched = 0;
        for (Event event : read(sample, request)) {
            for (Part part : event instanceof MessageReceived message ? message.parts() : List.<Part>of()) {
                if (part instanceof Part.Media media
                        && media.source() != null
                        && media.source().contains("127.0.0.1")) {
                    Outcome outcome = source.fetch(sample.account(), media, request, transport);
                    assertThat(outcome).as(recorded.toString()).isInstanceOf(Outcome.Refused.class);
                    fetched++;
                }
            }
        }
        return fetched;
    }

    private static List<? extends Event> read(ConnectorSample sample, Request request) {
        try {
            return sample.connector().read(sample.account(), Signature.polled(request));
        } catch (MalformedPayload e) {
            return List.of();
        }
    }

    /** As text: it may be JSON, with or without escaped slashes, a form or XML. */
    private byte[] inside(byte[] payload) {
        String address = "http://127.0.0.1:" + inside.getAddress().getPort() + "/inside";
        String text = new String(payload, StandardCharsets.UTF_8)
                .replaceAll("https?:\\\\?/\\\\?/[^\"\\s&<\\]]+", address)
                .replaceAll("(?i)https?%3A%2F%2F[^&\"\\s]+", URLEncoder.encode(address, StandardCharsets.UTF_8));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The gateway's own, which may ask the port of the server inside, without TLS: its address alone is refused. */
    private static final class Guarded extends ContractTransport {
        private final HttpTransport http;

        Guarded(int port) {
            super(Duration.ofSeconds(5), Clock.systemUTC());
            http = new HttpTransport(
                    TransportSettings.standard(),
                    new SsrfGuard(true, Set.of(port), List.of(), SystemDefaultDnsResolver.INSTANCE));
        }

        @Override
        public Response http(HttpCall call) throws TransportFailure {
            return http.http(call);
        }

        @Override
        public Download download(HttpCall call, long largest) throws TransportFailure {
            return new Download.Answered(http(call));
        }
    }
}
