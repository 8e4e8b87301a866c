// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.dragoman.model.Json;
import io.dragoman.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Posts any body as a provider would, with a signature that is right. */
public final class Provider {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final World world;
    private final AtomicLong ids = new AtomicLong();

    public Provider(World world) {
        this.world = world;
    }

    /** Posts JSON to a channel or the desk, signed; returns the status. */
    public int signed(String id, byte[] body) {
        if (id.equals("wechat")) { // the proof is in the address, and the body is encrypted
            return world.wechat.brings(world.callback(id), body);
        }
        return post(id, body, "application/json", proof(id, body));
    }

    public int signed(String id, String body) {
        return signed(id, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Posts a form as Twilio does. */
    public int form(Map<String, String> form) {
        String url = world.callback("sms").toString();
        StringBuilder text = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> text.append(name).append(value));
        String body = form.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        byte[] mac = mac(
                "HmacSHA1",
                world.twilio.settings().get("authToken"),
                text.toString().getBytes(StandardCharsets.UTF_8));
        return post(
                "sms",
                body.getBytes(StandardCharsets.UTF_8),
                "application/x-www-form-urlencoded",
                Map.of("X-Twilio-Signature", Base64.getEncoder().encodeToString(mac)));
    }

    public int post(String id, byte[] body, String contentType, Map<String, String> headers) {
        URI target = id.startsWith("/") ? world.url.resolve(id) : world.callback(id);
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0; // the server hung up on a body that it does not want
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> proof(String id, byte[] body) {
        return switch (id) {
            case "wa" -> meta(world.whatsapp, body);
            case "page" -> meta(world.messenger, body);
            case "insta" -> meta(world.instagram, body);
            case "feed" -> meta(world.facebook, body);
            case "texts" ->
                Map.of(
                        "X-Messente-Signature",
                        HexFormat.of()
                                .formatHex(mac(
                                        "HmacSHA256", world.messente.settings().get("webhookSecret"), body)));
            case "tg" ->
                Map.of(
                        "X-Telegram-Bot-Api-Secret-Token",
                        world.telegram.settings().get("secretToken"));
            case "line" ->
                Map.of(
                        "x-line-signature",
                        Base64.getEncoder()
                                .encodeToString(
                                        mac("HmacSHA256", world.line.settings().get("channelSecret"), body)));
            case "x" ->
                Map.of(
                        "x-twitter-webhooks-signature",
                        "sha256="
                                + Base64.getEncoder()
                                        .encodeToString(mac(
                                                "HmacSHA256", world.x.settings().get("consumerSecret"), body)));
            case "viber" ->
                Map.of(
                        "X-Viber-Content-Signature",
                        HexFormat.of()
                                .formatHex(
                                        mac("HmacSHA256", world.viber.settings().get("authToken"), body)));
            case "slack" -> slack(body);
            case "teams" -> world.teams.proof(activity(body));
            case "discord" -> world.discord.proof(body);
            case "helpdesk" -> world.desk.signed("test-" + ids.incrementAndGet(), Instant.now(), body);
            default -> Map.of();
        };
    }

    private static Map<String, String> meta(Simulator app, byte[] body) {
        byte[] mac = mac("HmacSHA256", app.settings().get("appSecret"), body);
        return Map.of("X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(mac));
    }

    private Map<String, String> slack(byte[] body) {
        String time = Long.toString(Instant.now().getEpochSecond());
        String text = "v0:" + time + ":" + new String(body, StandardCharsets.UTF_8);
        byte[] mac =
                mac("HmacSHA256", world.slack.settings().get("signingSecret"), text.getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "X-Slack-Request-Timestamp",
                time,
                "X-Slack-Signature",
                "v0=" + HexFormat.of().formatHex(mac));
    }

    /** What is no JSON names no connector that a token could be for. */
    private static JsonNode activity(byte[] body) {
        try {
            return Json.tree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static byte[] mac(String algorithm, String key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
