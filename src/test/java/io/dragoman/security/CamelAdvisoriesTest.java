// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.TestGateway;
import io.dragoman.config.Connectors;
import io.dragoman.config.Home;
import io.dragoman.config.Loaded;
import io.dragoman.route.CamelHardening;
import io.dragoman.rules.RuleBook;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What advisories on this version of Camel leave open is closed in the operators' own routes too. */
final class CamelAdvisoriesTest {
    /** Stands for a component that lets headers through from outside, one of them in another case. */
    private static final String OUTSIDE = """
            - route:
                from:
                  uri: file:HOME/in?delay=20
                  steps:
                    - convertBodyTo: {type: String}
                    - setHeader: {name: camelHTTPuri, simple: "${body}"}
                    - setHeader: {name: CamelRestHttpUri, simple: "${body}"}
                    - to: seda:inside?multipleConsumers=true
            """;

    /** The ways to an HTTP request; each asks for a path of its own. */
    private static final List<String> WAYS = List.of(
            "from: {SEDA, steps: [{to: SERVER/to}]}",
            "from: {SEDA, steps: [{to: 'SERVER/bridge?bridgeEndpoint=true'}]}",
            "from: {SEDA, steps: [{toD: SERVER/toD}]}",
            "from: {SEDA, steps: [{wireTap: {uri: SERVER/wireTap}}]}",
            "from: {SEDA, steps: [{recipientList: {constant: SERVER/recipientList}}]}",
            "from: {SEDA, steps: [{enrich: {constant: SERVER/enrich}}]}",
            "errorHandler: {deadLetterChannel: {deadLetterUri: SERVER/dead, useOriginalMessage: true}}, from: {SEDA,"
                    + " steps: [{throwException: {exceptionType: java.lang.IllegalStateException, message: no}}]}");

    @TempDir
    private Path folder;

    /** CVE-2026-78164. */
    @Test
    void noHeaderChoosesTheAddressOfARequest() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer server = server(asked);
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        String routes =
                WAYS.stream().map(way -> "- route: {" + way + "}\n").collect(Collectors.joining("", OUTSIDE, ""));
        Home home = new Home(folder)
                .write("gateway", "http: {host: 127.0.0.1, port: 0}\nadmin: {port: 0}\ndesk: inbox\n")
                .write("channels", "channels:\n  faxes: {kind: route, to: direct:answer}\n")
                .write("desks", "desks:\n  inbox: {kind: local}\n")
                .file(
                        "routes/own.camel.yaml",
                        routes.replace("HOME", folder.toString())
                                .replace("SEDA", "uri: 'seda:inside?multipleConsumers=true'")
                                .replace("SERVER", base));
        try (Gateway gateway = start(home)) {
            assertThat(gateway.publicPort()).isPositive();
            home.file("in/1", base + "/elsewhere").file("in/2", base + "/{{sys:java.version}}");
            TestGateway.await("every request", () -> asked.size() >= 2 * WAYS.size());
            assertThat(new TreeSet<>(asked))
                    .containsExactly("/bridge", "/dead", "/enrich", "/recipientList", "/to", "/toD", "/wireTap");
        } finally {
            server.stop(0);
        }
    }

    /** CVE-2026-78164: it would hand over its address in a header that is taken off. */
    @Test
    void restAsAClientIsRefused() {
        assertThatThrownBy(() -> start("{to: 'rest:get:orders/{id}?host=http://127.0.0.1'}"))
                .hasStackTraceContaining("rest: is switched off")
                .hasStackTraceContaining("use http: or https: with that address");
    }

    /** CVE-2026-85314, and CVE-2026-59230 before it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{unmarshal: {mimeMultipart: {headersInline: true}}}",
                "{marshal: {mimeMultipart: {headersInline: 'true'}}}",
                "{to: 'dataformat:mimeMultipart:unmarshal?headersInline=true'}"
            })
    void headersOfAMailDoNotBecomeHeadersOfAMessage(String step) {
        assertThatThrownBy(() -> start(step)).hasStackTraceContaining("mimeMultipart is refused with headersInline");
    }

    @Test
    void mimeMultipartAloneIsAllowed() throws Exception {
        start("{unmarshal: {mimeMultipart: {}}}");
        start("{to: 'dataformat:mimeMultipart:unmarshal?headersInline=false'}");
    }

    /** CVE-2026-85250. */
    @Test
    void xpathIsNotThere() throws Exception {
        assertThatThrownBy(() -> Class.forName("org.apache.camel.language.xpath.XPathBuilder"))
                .isInstanceOf(ClassNotFoundException.class);
        CamelContext camel = new DefaultCamelContext();
        assertThatThrownBy(() -> camel.resolveLanguage("xpath")).isInstanceOf(NoSuchLanguageException.class);
        camel.stop();
    }

    /** CVE-2026-84176. */
    @Test
    void noPortAllowsAnotherOrigin(@TempDir Path data) throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            for (int port : List.of(test.gateway.publicPort(), test.gateway.adminPort())) {
                for (String method : List.of("OPTIONS", "GET", "POST")) {
                    String answer = Raw.ask(
                            port,
                            method + " /channels/shop HTTP/1.1\r\nHost: x\r\nOrigin: https://elsewhere.example\r\n"
                                    + "Access-Control-Request-Method: POST\r\nContent-Length: 0\r\n"
                                    + "Connection: close\r\n\r\n");
                    assertThat(Raw.status(answer)).isBetween(400, 499);
                    assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("access-control");
                }
            }
        }
    }

    private static HttpServer server(List<String> asked) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private Gateway start(Home home) throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Bootstrap bootstrap = new Bootstrap(home.folder(), Connectors.installed(), name -> null);
        Random random = new Random(1);
        Loaded<RuleBook> loaded = bootstrap.load(random);
        assertThat(loaded.errors()).isEmpty();
        Loaded.Usable<RuleBook> usable = (Loaded.Usable<RuleBook>) loaded;
        return Gateway.start(bootstrap.setup(usable, new Setup.Environment(Clock.systemUTC(), random, failure -> {})));
    }

    private static void start(String step) throws Exception {
        CamelContext camel = new DefaultCamelContext();
        CamelHardening.apply(camel);
        String route = "- route: {from: {uri: direct:in, steps: [" + step + "]}}";
        try {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("own.camel.yaml", route));
            camel.start();
        } finally {
            camel.stop();
        }
    }
}
