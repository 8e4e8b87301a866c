// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dragoman.config.S3Settings;
import io.dragoman.connector.Secret;
import io.minio.Signer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Request;

/**
 * An object store with one bucket and one key, with the API's own errors. The signature of each request is made anew by
 * MinIO's client and compared; bytes that are not those of their hash are refused.
 */
public final class S3Stub implements AutoCloseable {
    public static final String BUCKET = "media-of-the-test";
    public static final String ACCESS = "AKIAOFTHETEST";
    public static final Secret SECRET = new Secret("secret/of+the/test");
    private static final String REGION = "eu-central-1";

    /** The objects by their keys. */
    private final Map<String, String> written = new ConcurrentHashMap<>();

    public final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    /** So many requests more are answered 503. */
    public final AtomicInteger slow = new AtomicInteger();
    /** All requests that came. */
    public final AtomicInteger asked = new AtomicInteger();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean readOnly;
    private volatile boolean truncating;
    private volatile boolean holding;

    public S3Stub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How a gateway keeps its media here. */
    public S3Settings settings() {
        return new S3Settings(endpoint(), BUCKET, "shop/", REGION, ACCESS, SECRET);
    }

    /** The key may only read from now on. */
    public void readOnly() {
        readOnly = true;
    }

    /** Objects end in their middle from now on. */
    public void truncating() {
        truncating = true;
    }

    /** What is put is answered only after {@link #release}. */
    public void hold() {
        holding = true;
    }

    public void release() {
        holding = false;
        released.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.incrementAndGet();
            byte[] body = exchange.getRequestBody().readAllBytes();
            String refusal = refusal(exchange, body);
            if (refusal != null) {
                String[] said = refusal.split(" ", 2);
                error(exchange, Integer.parseInt(said[0]), said[1]);
            } else {
                serve(exchange, body);
            }
        }
    }

    private String refusal(HttpExchange exchange, byte[] body) {
        if (slow.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return "503 SlowDown";
        }
        String sent = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String hash = String.valueOf(exchange.getRequestHeaders().getFirst("x-amz-content-sha256"));
        if (!sent.contains("Credential=" + ACCESS + "/")) {
            return "403 InvalidAccessKeyId";
        } else if (!sent.contains("/" + REGION + "/s3/aws4_request")) {
            return "400 AuthorizationHeaderMalformed";
        } else if (!sent.replace(", ", ",").equals(expected(exchange, hash).replace(", ", ","))) {
            return "403 SignatureDoesNotMatch";
        } else if (!hash.equals(sha256(body))) {
            return "400 XAmzContentSHA256Mismatch";
        } else if (!exchange.getRequestURI().getPath().startsWith("/" + BUCKET + "/")) {
            return "404 NoSuchBucket";
        }
        return readOnly && !exchange.getRequestMethod().equals("GET") ? "403 AccessDenied" : null;
    }

    private String expected(HttpExchange exchange, String hash) {
        Request request = new Request.Builder()
                .url(endpoint() + exchange.getRequestURI().getRawPath())
                .method(
                        exchange.getRequestMethod(),
                        exchange.getRequestMethod().equals("PUT") ? okhttp3.RequestBody.create(new byte[0]) : null)
                .header("Host", exchange.getRequestHeaders().getFirst("Host"))
                .header("x-amz-content-sha256", hash)
                .header(
                        "x-amz-date",
                        String.valueOf(exchange.getRequestHeaders().getFirst("x-amz-date")))
                .build();
        try {
            return String.valueOf(Signer.signV4S3(request, REGION, ACCESS, SECRET.value(), hash)
                    .header("Authorization"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(HttpExchange exchange, byte[] body) throws IOException {
        String key = exchange.getRequestURI().getPath().substring(BUCKET.length() + 2);
        byte[] object = objects.get(key);
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                awaitRelease();
                objects.put(key, body);
                written.put(key, DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
                exchange.sendResponseHeaders(200, -1);
            }
            case "DELETE" -> {
                objects.remove(key);
                exchange.sendResponseHeaders(204, -1);
            }
            case "HEAD" -> {
                if (object != null) {
                    exchange.getResponseHeaders().set("Last-Modified", written.get(key));
                }
                exchange.getResponseHeaders().set("Content-Length", object == null ? "0" : "" + object.length);
                exchange.sendResponseHeaders(object == null ? 404 : 200, -1);
            }
            default -> {
                if (object == null) {
                    error(exchange, 404, "NoSuchKey");
                    return;
                }
                exchange.sendResponseHeaders(200, object.length);
                if (truncating) {
                    exchange.getResponseBody().write(object, 0, object.length / 2);
                    exchange.getResponseBody().flush();
                    server.stop(0); // its connections end with it
                    return;
                }
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(object);
                }
            }
        }
    }

    private void awaitRelease() {
        try {
            if (holding) {
                released.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        byte[] body = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code
                        + "</Code><Message>words with " + ACCESS + " in them</Message><Region>" + REGION
                        + "</Region></Error>")
                .getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    /** The hash of some bytes. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
