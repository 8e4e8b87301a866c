// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One gateway of its own process: one WhatsApp channel, one desk by webhook, everything else as shipped. */
final class LoadedRun {
    private static final String SECRET = "the secret of a benchmark";
    private static final int CLIENTS = 64;
    private static final int CUSTOMERS = 1000;

    /**
     * What one run showed.
     *
     * @param rate messages a second, from the first post to the last delivery
     * @param peak the most memory that was resident, in MB
     * @param ready from the start to the first answer, in milliseconds
     */
    record Figures(double rate, double peak, double ready) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final CountDownLatch delivered;
    private final int messages;

    private LoadedRun(int messages) {
        this.messages = messages;
        delivered = new CountDownLatch(messages);
    }

    static Figures of(Path launcher, String options, int messages) throws IOException, InterruptedException {
        return new LoadedRun(messages).run(launcher, options);
    }

    private Figures run(Path launcher, String options) throws IOException, InterruptedException {
        HttpServer desk = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CLIENTS);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        desk.setExecutor(threads);
        desk.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            delivered.countDown();
        });
        desk.start();
        int port = freePort();
        Path home = home(port, desk.getAddress().getPort());
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "run", "--home", home.toString());
        builder.environment().put("DRAGOMAN_JAVA_OPTS", options);
        builder.redirectErrorStream(true).redirectOutput(home.resolve("log").toFile());
        long started = System.nanoTime();
        Process gateway = builder.start();
        try {
            awaitAnswer(gateway, port);
            double ready = (System.nanoTime() - started) / 1e6;
            long first = System.nanoTime();
            load(URI.create("http://127.0.0.1:" + port + "/channels/shop"));
            if (!delivered.await(10, TimeUnit.MINUTES)) {
                throw new IllegalStateException(delivered.getCount() + " never arrived; see " + home);
            }
            double seconds = (System.nanoTime() - first) / 1e9;
            return new Figures(messages / seconds, peak(gateway.pid()), ready);
        } finally {
            gateway.destroy();
            gateway.waitFor();
            desk.stop(0);
            threads.shutdownNow();
        }
    }

    private void load(URI channel) throws InterruptedException {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        for (int i = 0; i < messages; i++) {
            int number = i;
            clients.execute(() -> post(channel, number));
        }
        clients.shutdown();
        if (!clients.awaitTermination(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException("The gateway does not take the messages");
        }
    }

    private void post(URI channel, int number) {
        byte[] body = """
                {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{\
                "messaging_product":"whatsapp","metadata":{"display_phone_number":"4930111","phone_number_id":"778"},\
                "contacts":[{"profile":{"name":"Ana B"},"wa_id":"49170%1$04d"}],"messages":[{"from":"49170%1$04d",\
                "id":"wamid.%2$d","timestamp":"1790000000","type":"text","text":{"body":"Message %2$d: where is my\
                 parcel? It was to be here on Monday."}}]}}]}]}
                """.formatted(number % CUSTOMERS, number).getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(channel)
                .header("Content-Type", "application/json")
                .header("X-Hub-Signature-256", "sha256=" + signature(body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IllegalStateException("Message " + number + " got " + status);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Message " + number, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String signature(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitAnswer(Process gateway, int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();
        while (gateway.isAlive()) {
            try {
                http.send(request, HttpResponse.BodyHandlers.discarding());
                return;
            } catch (java.net.ConnectException e) {
                gateway.waitFor(20, TimeUnit.MILLISECONDS);
            }
        }
        throw new IOException("The gateway ended with " + gateway.exitValue());
    }

    /** What Linux says of the process, in MB. */
    private static double peak(long process) throws IOException {
        String line = Files.readAllLines(Path.of("/proc", Long.toString(process), "status")).stream()
                .filter(one -> one.startsWith("VmHWM:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path home(int port, int desk) throws IOException {
        Path home = Files.createTempDirectory("loaded-run");
        Path config = Files.createDirectories(home.resolve("config"));
        Files.writeString(config.resolve("gateway.yaml"), """
                http: {host: 127.0.0.1, port: %1$d, publicUrl: "http://127.0.0.1:%1$d"}
                admin: {port: 0}
                desk: helpdesk
                """.formatted(port));
        Files.writeString(config.resolve("channels.yaml"), """
                channels:
                  shop: {kind: whatsapp, phoneNumberId: "778", accessToken: a, appSecret: "%s", verifyToken: c}
                """.formatted(SECRET));
        Files.writeString(config.resolve("desks.yaml"), """
                desks:
                  helpdesk: {kind: webhook, url: "http://127.0.0.1:%d/", secret: "whsec_%s"}
                """.formatted(
                        desk, Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8))));
        return home;
    }
}
