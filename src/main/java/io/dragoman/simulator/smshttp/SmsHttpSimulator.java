// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.smshttp;

import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;

/**
 * Kannel's smsbox on this machine: it takes sendsms by POST, calls the address for delivery reports with its escapes
 * filled in, and brings texts as a {@code get-url} does, UCS-2 as its bytes. Thread-safe.
 */
public final class SmsHttpSimulator extends HttpSimulator {
    static final String NUMBER = "+4930113";
    private static final String USERNAME = "simulated-kannel";
    private static final String PASSWORD = "simulated-kannel-password";
    private static final String TOKEN = "simulated-kannel-token";

    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService reports = inOrder("simulator-sms-http-report");

    /** On a port; 0 for any free one. */
    public SmsHttpSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public SmsHttpSimulator(int port, Clock clock) {
        super(port, clock);
        start();
    }

    @Override
    public String kind() {
        return "sms-http";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "username", USERNAME,
                "password", PASSWORD,
                "token", TOKEN,
                "from", NUMBER,
                "baseUrl", baseUrl().toString());
    }

    /** The SMS centre refuses the next message, in these words of its, such as {@code NACK/0x0000000b/Invalid}. */
    public void failNext(String reply) {
        failures.add(reply);
    }

    @Override
    public int customerWrites(URI callback, String customer, String text) {
        boolean plain = text.chars().allMatch(unit -> unit < 128);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("token", TOKEN);
        query.put("id", new UUID(0x4b616e6e656c4000L, 0x8000000000000000L | ids().next()).toString());
        query.put("from", customer);
        query.put("time", String.valueOf(Instant.now().getEpochSecond()));
        query.put("coding", plain ? "0" : "2");
        query.put("charset", plain ? "UTF-8" : "UTF-16BE");
        String bytes = URLEncoder.encode(text, plain ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        String encoded = plain ? bytes : percents(text.getBytes(StandardCharsets.UTF_16BE));
        return get(callback + "?" + UrlEncoded.write(query) + "&text=" + encoded);
    }

    @Override
    public Optional<Proof> proof() {
        return Optional.of(new Proof(List.of(), false)); // the token stands in the address
    }

    /** As a {@code post-url} does, whose body is the text: the same text is the same message, brought again. */
    @Override
    public int brings(URI callback, byte[] text) {
        URI target = URI.create(callback + "?token=" + TOKEN);
        String id = UUID.nameUUIDFromBytes(text).toString();
        return post(target, "text/plain", text, Map.of("X-Kannel-From", "+4915550101", "X-Kannel-ID", id));
    }

    private static String percents(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte one : bytes) {
            text.append(String.format(Locale.ROOT, "%%%02X", one));
        }
        return text.toString();
    }

    @Override
    public void close() {
        reports.shutdownNow();
        super.close();
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) {
        if (!request.path().equals("/cgi-bin/sendsms")) {
            return answer(404, "Unknown request.");
        }
        boolean known = request.header("X-Kannel-Username").equals(USERNAME)
                && request.header("X-Kannel-Password").equals(PASSWORD);
        if (!known) {
            return answer(403, "Authorization failed for sendsms");
        }
        String to = request.header("X-Kannel-To");
        if (!to.matches("\\+?[0-9]{3,15}")) {
            return answer(400, "Missing receiver number, rejected");
        }
        if (!request.header("Content-Type").equals("text/plain; charset=UTF-8")) {
            return answer(415, "Unsupported content-type, rejected");
        }
        // what has no coding for it becomes question marks
        String text = request.header("X-Kannel-Coding").equals("2")
                ? request.text()
                : request.text().replaceAll("[^\\x00-\\xff€ΔΦΓΛΩΠΨΣΘΞ]", "?");
        deliver(new Delivered(to, String.valueOf(ids().next()), text));
        report(request.header("X-Kannel-DLR-URL"), to);
        return answer(202, "0: Accepted for delivery");
    }

    private void report(String url, String to) {
        if (url.isEmpty()) {
            return;
        }
        String failure = failures.poll();
        if (failure != null) {
            reports.execute(() -> get(filled(url, "16", to, failure)));
            return;
        }
        reports.execute(() -> get(filled(url, "8", to, "ACK/")));
        reports.execute(() -> get(filled(url, "1", to, "id:1 sub:001 dlvrd:001 stat:DELIVRD err:000 text:")));
    }

    private static String filled(String url, String status, String to, String reply) {
        return url.replace("%d", status)
                .replace("%p", URLEncoder.encode(to, StandardCharsets.UTF_8))
                .replace("%A", URLEncoder.encode(reply, StandardCharsets.UTF_8));
    }

    private int get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).GET().build());
    }

    private static SimulatorResponse answer(int status, String text) {
        return new SimulatorResponse(status, "text/html", Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }
}
