// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestChannel;
import io.dragoman.TestGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checklist 4: only the exact path reaches a handler, and no spelling of a path leads around the token. */
final class PathsTest {
    private static final String BODY = "[]";

    @TempDir
    private static Path data;

    private static TestGateway test;

    @BeforeAll
    static void start() throws Exception {
        test = new TestGateway(data);
    }

    @AfterAll
    static void stop() {
        test.close();
    }

    /** Other spellings that some server or proxy somewhere takes for the same. */
    private static Set<String> spellings(String path) {
        Set<String> all = new TreeSet<>();
        String name = path.substring(path.lastIndexOf('/') + 1);
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        for (String end : List.of(
                "/", "//", "/.", "/..", "/./", "/x", "/x/..", ";", ";x=y", ";/", "%00", "%20", "%2f", "%2F", "%3b",
                "%3f", ".", "..", ".json", "~", "\\", "%5c", "%0d%0a", "%09", "+", "*", ",", "&", "%23", "%", "%zz")) {
            all.add(path + end);
        }
        for (String start : List.of(
                "/",
                "//",
                "/./",
                "/x/../",
                "/%2e/",
                "/%2e%2e/",
                "/..",
                "/../",
                "/;/",
                "/;x=y/",
                "\\",
                "/%2f",
                "/%5c",
                "/ ",
                "/health/live/..",
                "/health/live;",
                "/health/live/../..",
                "/health/live%2f..%2f..",
                "/health/live\\..\\..",
                "/media/../",
                "/media/x/..",
                "/media/..%2f",
                "/api",
                "/http:/",
                "/%00")) {
            all.add(start + path);
            all.add(start + path.substring(1));
        }
        all.add(path.toUpperCase(java.util.Locale.ROOT));
        all.add(Character.toUpperCase(path.charAt(1)) + path.substring(2));
        all.add(path.replaceFirst("/", "%2f"));
        all.add(folder.substring(0, folder.length() - 1) + "%2f" + name);
        all.add(folder + "/" + name);
        all.add(folder + "./" + name);
        all.add(folder + ";/" + name);
        all.add(folder + "x/../" + name);
        for (int i = 0; i < name.length(); i++) {
            String encoded = String.format("%%%02x", (int) name.charAt(i));
            all.add(folder + name.substring(0, i) + encoded + name.substring(i + 1));
            all.add(folder + name.substring(0, i) + encoded.replace("%", "%25") + name.substring(i + 1));
        }
        all.remove(path);
        all.removeIf(spelling -> spelling.indexOf(' ') >= 0);
        return all;
    }

    @Test
    void onlyTheExactPathReachesAChannelOrDesk() throws Exception {
        int tried = 0;
        for (String id : List.of("shop", "desk")) {
            String path = id.equals("shop") ? "/channels/shop" : "/desks/desk";
            String signature = TestChannel.sign("secret of " + id, BODY.getBytes(StandardCharsets.UTF_8));
            for (String spelling : spellings(path)) {
                String answer = ask(test.gateway.publicPort(), "POST", spelling, "X-Signature: " + signature);
                assertThat(Raw.status(answer)).as(spelling + " " + answer).isIn(400, 403, 404);
                tried++;
            }
            assertThat(status(test.gateway.publicPort(), "POST", path, "X-Signature: " + signature))
                    .isEqualTo(200);
            // a query is not part of the path, and steers nothing
            assertThat(status(test.gateway.publicPort(), "POST", path + "?x=/../y", "X-Signature: " + signature))
                    .isEqualTo(200);
            assertThat(status(test.gateway.publicPort(), "POST", path + "?x=y")).isEqualTo(401);
        }
        System.out.println("spellings of public paths refused: " + tried);
        assertThat(tried).isGreaterThan(150);
    }

    @Test
    void noSpellingLeadsAroundTheToken() throws Exception {
        List<String> secret = new ArrayList<>(
                List.of("/metrics", "/api/v1/conversations", "/api/v1/openapi.json", "/api/v1/dead", "/api/v1/ledger"));
        int tried = 0;
        for (String path : secret) {
            for (String spelling : spellings(path)) {
                String answer = ask(test.gateway.adminPort(), "GET", spelling);
                assertThat(Raw.status(answer)).as(spelling + " " + answer).isIn(400, 401);
                assertThat(answer).doesNotContain("dragoman_", "openapi", "\"conversations\"");
                tried++;
            }
            assertThat(status(test.gateway.adminPort(), "GET", path)).isEqualTo(401);
            assertThat(status(test.gateway.adminPort(), "GET", path + "?token=" + TestGateway.TOKEN.value()))
                    .isEqualTo(401);
        }
        System.out.println("spellings of admin paths refused: " + tried);
        assertThat(tried).isGreaterThan(400);
    }

    @Test
    void withTheTokenOnlyTheExactPathIsThere() throws Exception {
        String token = "Authorization: Bearer " + TestGateway.TOKEN.value();
        for (String path : List.of("/metrics", "/health/live", "/api/v1/conversations")) {
            for (String spelling : spellings(path)) {
                assertThat(status(test.gateway.adminPort(), "GET", spelling, token))
                        .as(spelling)
                        .isIn(400, 404);
            }
            assertThat(status(test.gateway.adminPort(), "GET", path, token)).isEqualTo(200);
        }
    }

    @Test
    void otherWaysToNameATargetLeadNowhere() throws Exception {
        String signature = TestChannel.sign("secret of shop", BODY.getBytes(StandardCharsets.UTF_8));
        for (String target : List.of("http://127.0.0.1/channels/shop", "*", "shop", "127.0.0.1:80")) {
            assertThat(status(test.gateway.adminPort(), "GET", target))
                    .as(target)
                    .isIn(400, 401);
            assertThat(status(test.gateway.publicPort(), "POST", target, "X-Signature: " + signature))
                    .as(target)
                    .isNotIn(500, 503);
        }
        for (String header : List.of("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Uri", "X-HTTP-Method-Override")) {
            assertThat(status(test.gateway.adminPort(), "GET", "/nowhere", header + ": /health/live"))
                    .isEqualTo(401);
        }
    }

    private static int status(int port, String method, String target, String... headers) throws IOException {
        return Raw.status(ask(port, method, target, headers));
    }

    private static String ask(int port, String method, String target, String... headers) throws IOException {
        String body = method.equals("POST") ? BODY : "";
        return Raw.ask(
                port,
                method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + body.length()
                        + "\r\n"
                        + String.join(
                                "",
                                List.of(headers).stream().map(h -> h + "\r\n").toList()) + "\r\n"
                        + body);
    }
}
