// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.sun.net.httpserver.HttpServer;
import io.dragoman.FreePort;
import io.dragoman.NpmPackage;
import io.dragoman.connector.Account;
import io.dragoman.fault.FaultyProxy;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The widget in Debian's Chromium by npm playwright-core and axe-core, on a page with a strict Content-Security-Policy; where one of
 * them is missing it is skipped and says so.
 */
final class BrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @TempDir
    private Path data;

    @Test
    void visitorsShouldChatInSeveralTabsOverDropsAndARestartAndFindItAccessible() throws Exception {
        Optional<String> modules = modules();
        assumeTrue(modules.isPresent(), "no chromium, playwright-core or axe-core");
        int port = FreePort.find();
        try (FaultyProxy network = new FaultyProxy(port)) {
            // of the same site as the website: playwright switches off partitioned storage
            String address = "http://127.0.0.1:" + network.port();
            HttpServer site = site(address);
            HttpServer other = site(address);
            try (BrowserGateway gateway = new BrowserGateway(data, account(site, address), port, network)) {
                Process visitor = browser(modules.get(), address(site), address(other), identity());
                try (BufferedReader said =
                        new BufferedReader(new InputStreamReader(visitor.getInputStream(), StandardCharsets.UTF_8))) {
                    for (String line = said.readLine(); line != null; line = said.readLine()) {
                        gateway.turn(line);
                    }
                    assertThat(visitor.waitFor(60, TimeUnit.SECONDS)).isTrue();
                    assertThat(visitor.exitValue())
                            .as("what the visitor saw is above")
                            .isZero();
                } finally {
                    visitor.destroyForcibly();
                }
                gateway.awaitAllOnce();
                gateway.awaitMail();
                gateway.awaitRating();
            } finally {
                site.stop(0);
                other.stop(0);
            }
        }
    }

    /** What the script needs, as {@code NODE_PATH}; empty, which is said, where it cannot be had. */
    private static Optional<String> modules() throws InterruptedException {
        if (!Files.isExecutable(CHROMIUM)) {
            System.err.println("######## NOT TRIED IN A BROWSER: there is no " + CHROMIUM + " ########");
            return Optional.empty();
        }
        Optional<Path> playwright = NpmPackage.of("playwright-core", "1.65.1");
        Optional<Path> axe = NpmPackage.of("axe-core", "4.14.1");
        return playwright.isPresent() && axe.isPresent()
                ? Optional.of(playwright.get() + File.pathSeparator + axe.get())
                : Optional.empty();
    }

    private static Process browser(String modules, String site, String other, String identity) throws IOException {
        ProcessBuilder browser = new ProcessBuilder(
                        "node",
                        Path.of("src/test/resources/io/dragoman/channel/webchat/visit.cjs")
                                .toAbsolutePath()
                                .toString(),
                        CHROMIUM.toString(),
                        site,
                        other,
                        identity)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        browser.environment().put("NODE_PATH", modules);
        return browser.start();
    }

    private static String identity() {
        Instant now = Instant.now();
        return JWT.create()
                .withSubject("u-77")
                .withIssuedAt(now)
                .withExpiresAt(now.plusSeconds(600))
                .sign(Algorithm.HMAC256(ChatGateway.IDENTITY.value()));
    }

    private static Account account(HttpServer site, String gateway) {
        Account account = ChatGateway.account(
                "origins",
                address(site).replaceAll("/$", ""),
                "transcriptBy",
                "shop",
                "hours",
                "shop",
                "survey.question.en",
                "How was this chat?",
                "survey.question.ar",
                "كيف كانت هذه المحادثة؟");
        return account.at(new Account.Installation(
                java.net.URI.create(gateway), account.home().key()));
    }

    private static String address(HttpServer site) {
        return "http://127.0.0.1:" + site.getAddress().getPort() + "/";
    }

    /** A page of a website, with the lines of its policy that docs/channels/webchat.md asks for and nothing else allowed. */
    private static HttpServer site(String gateway) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            String language = query.startsWith("lang=") ? query.substring(5) : "en";
            byte[] page = ("<!DOCTYPE html><html lang=\"" + language
                            + "\"><head><meta charset=\"utf-8\"><title>Shop</title>"
                            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                            + "<link rel=\"icon\" href=\"data:,\"></head><body><script src=\"" + gateway
                            + "/channels/chat/chat.js\"></script></body></html>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders()
                    .set(
                            "Content-Security-Policy",
                            "default-src 'none'; img-src data:; script-src " + gateway + "; frame-src " + gateway);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** The files are small and say where everything else is. */
    @Test
    void loaderShouldBeSmallAndTheFrameWithoutInlineCode() throws Exception {
        Path files = Path.of("src/main/resources/io/dragoman/channel/webchat");
        assertThat(Files.size(files.resolve("chat.js"))).isLessThan(20 * 1024);
        assertThat(Files.readString(files.resolve("frame.html")))
                .doesNotContainPattern("\\son[a-z]+=")
                .doesNotContainPattern("style=")
                .doesNotContainPattern("<script(?![^>]* src=)");
        for (String name : List.of("chat.js", "frame.mjs", "feed.mjs", "hours.mjs", "survey.mjs", "words.mjs")) {
            assertThat(Files.readString(files.resolve(name)))
                    .as(name)
                    .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
        }
    }
}
