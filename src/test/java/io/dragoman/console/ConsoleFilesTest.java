// SPDX-License-Identifier: Apache-2.0
package io.dragoman.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import io.dragoman.model.Hashes;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the console as a browser gets them. */
final class ConsoleFilesTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

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

    private static HttpResponse<byte[]> ask(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + test.gateway.adminPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void pageShouldBeServedToEverybodyUnderAPolicyThatRunsNothingElse() throws Exception {
        HttpResponse<byte[]> page = ask("GET", "/console/probe.html");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        String hash =
                Base64.getEncoder().encodeToString(Hashes.sha256("{\"imports\":{}}".getBytes(StandardCharsets.UTF_8)));
        assertThat(header(page, "Content-Security-Policy"))
                .isEqualTo("default-src 'none'; script-src 'self' 'sha256-" + hash
                        + "'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self';"
                        + " font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(page, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void fileShouldBeSentAgainOnlyWhenItHasChanged() throws Exception {
        HttpResponse<byte[]> first = ask("GET", "/console/lib/preact/dist/preact.module.js");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(header(first, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        HttpResponse<byte[]> again =
                ask("GET", "/console/lib/preact/dist/preact.module.js", "If-None-Match", header(first, "ETag"));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        HttpResponse<byte[]> weak = ask(
                "GET",
                "/console/lib/preact/dist/preact.module.js",
                "If-None-Match",
                "\"x\", W/" + header(first, "ETag"));
        assertThat(weak.statusCode()).isEqualTo(304);
        HttpResponse<byte[]> other = ask("GET", "/console/lib/preact/dist/preact.module.js", "If-None-Match", "\"x\"");
        assertThat(other.statusCode()).isEqualTo(200);
    }

    @Test
    void compressedFileShouldBeTheSameFile() throws Exception {
        byte[] plain = ask("GET", "/console/lib/uplot/dist/uPlot.esm.js").body();
        HttpResponse<byte[]> packed = ask("GET", "/console/lib/uplot/dist/uPlot.esm.js", "Accept-Encoding", "br, gzip");
        assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(packed, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(packed.body().length).isLessThan(plain.length / 2);
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain);
        }
    }

    @Test
    void everyLibraryFileShouldBeInItsJar() throws Exception {
        for (String file : ConsoleFiles.LIBRARY_FILES.keySet()) {
            assertThat(ask("GET", "/console/lib/" + file).statusCode()).as(file).isEqualTo(200);
        }
    }

    @Test
    void consoleWithoutASlashShouldLeadToIt() throws Exception {
        HttpResponse<byte[]> answer = ask("GET", "/console");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(header(answer, "Location")).isEqualTo("/console/");
    }

    @Test
    void onlyReadingShouldBeAccepted() throws Exception {
        assertThat(ask("POST", "/console/probe.html").statusCode()).isEqualTo(405);
        HttpResponse<byte[]> head = ask("HEAD", "/console/probe.html");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void tokenInTheAddressShouldBeRefused() throws Exception {
        HttpResponse<byte[]> answer = ask("GET", "/console/probe.html?Token=x");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("must not stand in an address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing.html",
                "ConsoleFiles.class",
                "../admin/openapi.json",
                "..%2fadmin%2fopenapi.json",
                "%2e%2e/admin/openapi.json",
                "./probe.html",
                "x/../probe.html",
                "/probe.html",
                "probe.html/",
                "probe.html%00.mjs",
                "lib/preact/dist/preact.min.js",
                "lib/preact/LICENSE",
                "lib/preact/dist/../LICENSE",
                "lib/../probe.html",
                "lib/preact/10.27.2/package.json",
                "lib//etc/passwd",
                "lib/",
                "screens/",
                "package-info.class",
            })
    void nothingElseShouldBeSent(String name) throws Exception {
        assertThat(ask("GET", "/console/" + name).statusCode()).isIn(400, 404);
    }
}
