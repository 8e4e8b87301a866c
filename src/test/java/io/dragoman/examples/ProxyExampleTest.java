// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dragoman.FreePort;
import io.dragoman.TestChannel;
import io.dragoman.TestDesk;
import io.dragoman.TestGateway;
import io.dragoman.config.TestSettings;
import io.dragoman.rules.Decision;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of proxies, one of them before a gateway in a real nginx. */
final class ProxyExampleTest {
    private static final Path SAMPLES = Path.of("docs/examples/proxy");
    private static final List<String> NGINX = List.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("every sample names the three public paths and lets pass as much as the gateway takes")
    void samplesShouldFitTheGateway() throws IOException {
        long most = TestSettings.defaults().http().limits().body();
        assertThat(most).isEqualTo(4L * 1024 * 1024);
        for (String file : List.of("nginx.conf", "Caddyfile", "haproxy.cfg", "apache.conf")) {
            String sample = Files.readString(SAMPLES.resolve(file));
            assertThat(sample).as(file).contains("channels", "desks", "media", "127.0.0.1:8080");
        }
        assertThat(Files.readString(SAMPLES.resolve("nginx.conf"))).contains("client_max_body_size 4m;");
        assertThat(Files.readString(SAMPLES.resolve("apache.conf"))).contains("LimitRequestBody " + most);
        assertThat(Files.readString(SAMPLES.resolve("Caddyfile"))).contains("max_size 4MB");
    }

    @Test
    @DisplayName("through nginx a signed message of 3 MB arrives, and nothing but the public paths is reached")
    void messagesShouldPassNginx() throws Exception {
        String nginx = Stream.concat(
                        NGINX.stream(),
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                                .map(folder -> folder + "/nginx"))
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElse("");
        if (nginx.isEmpty()) {
            System.err.println(
                    "SKIPPED: nginx is not installed, so the sample docs/examples/proxy/nginx.conf is not run");
        }
        assumeTrue(!nginx.isEmpty(), "nginx is not installed");
        try (TestGateway test = new TestGateway(
                folder.resolve("data"),
                situation -> Decision.NOTHING,
                new TestChannel(),
                new TestDesk(),
                setup -> setup.with(TestSettings.limitsAsShipped(setup.settings())))) {
            int port = FreePort.find();
            Process proxy = start(nginx, port, test.gateway.publicPort());
            try {
                TestGateway.await("nginx", () -> open(port));
                String text = "x".repeat(3 * 1024 * 1024);
                assertThat(post(port, "/channels/shop", "[{\"id\":\"1\",\"from\":\"ana\",\"text\":\"" + text + "\"}]"))
                        .isEqualTo(200);
                TestGateway.await("the message", () -> test.desk.sent.size() == 1);
                assertThat(post(port, "/channels/nosuch", "[]")).isEqualTo(404);
                assertThat(post(port, "/health/ready", "")).isEqualTo(404);
                assertThat(post(port, "/channels/shop", "x".repeat(5 * 1024 * 1024)))
                        .isEqualTo(413);
            } finally {
                proxy.destroy();
                proxy.waitFor(10, TimeUnit.SECONDS);
            }
        }
    }

    /** The sample as it stands, but for certificates and ports. */
    private Process start(String nginx, int port, int gateway) throws IOException {
        String server = Files.readString(SAMPLES.resolve("nginx.conf"))
                .replaceAll("(?m)^ *ssl_certificate.*\n", "")
                .replace("listen 443 ssl;", "listen 127.0.0.1:" + port + ";")
                .replace("http://127.0.0.1:8080", "http://127.0.0.1:" + gateway);
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(
                configuration,
                "daemon off; master_process off; pid " + folder.resolve("pid") + "; error_log stderr;\nevents {}\n"
                        + "http { access_log off; client_body_temp_path " + folder.resolve("body")
                        + ";\nproxy_temp_path "
                        + folder.resolve("proxy") + "; fastcgi_temp_path " + folder.resolve("f") + "; uwsgi_temp_path "
                        + folder.resolve("u") + "; scgi_temp_path " + folder.resolve("s") + ";\n" + server + "}\n");
        return new ProcessBuilder(nginx, "-e", "stderr", "-c", configuration.toString(), "-p", folder.toString())
                .inheritIO()
                .start();
    }

    private static int post(int port, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("X-Signature", TestChannel.sign("secret of shop", body.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static boolean open(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
