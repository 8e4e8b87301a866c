// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A person's login in a browser that may run anywhere: the device authorization grant (RFC 8628). Microsoft offers it;
 * Google does, but not for mail.
 */
public final class DeviceLogin {
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);
    private static final Duration SLOWER = Duration.ofSeconds(5);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);
    private static final int LONGEST_SHOWN = 300;
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);

    private final URI deviceUrl;
    private final RefreshGrant grant;
    private final String scope;
    private final Transport transport;

    /**
     * @param deviceUrl where it begins; the operator vouches for it
     * @param scope what the person is asked to allow
     */
    public DeviceLogin(URI deviceUrl, RefreshGrant grant, String scope, Transport transport) {
        this.deviceUrl = deviceUrl;
        this.grant = grant;
        this.scope = scope;
        this.transport = transport;
    }

    /**
     * What the person has to do.
     *
     * @param address to open
     * @param code to enter there
     * @param life for how long it can be used
     */
    public record Prompt(String address, String code, Duration life) {}

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /**
     * Shows what to do and returns when it is done, refused or too late.
     *
     * @throws TransportFailure when the server cannot be reached at the beginning
     */
    public LoginResult run(Consumer<Prompt> show, Pause pause) throws TransportFailure, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", grant.clientId());
        form.put("scope", scope);
        Response answer = transport.http(TokenAnswer.call(deviceUrl, form));
        JsonNode json = answer.json();
        String device = json.path("device_code").asText("");
        if (!answer.ok() || device.isEmpty()) {
            return LoginResult.refused(grant, answer);
        }
        Duration life = seconds(json, "expires_in", LONGEST_LIFE, LONGEST_LIFE);
        String address = json.path("verification_uri")
                .asText(json.path("verification_url").asText("")); // Google's word
        Prompt prompt = new Prompt(shown(address), shown(json.path("user_code").asText("")), life);
        show.accept(prompt);
        return poll(device, seconds(json, "interval", USUAL_INTERVAL, LONGEST_INTERVAL), life, pause);
    }

    /** For a terminal: without what could move its cursor. */
    private static String shown(String text) {
        String printable = text.replaceAll("[^\\x21-\\x7e]", "");
        return printable.substring(0, Math.min(printable.length(), LONGEST_SHOWN));
    }

    /** Asks at intervals (RFC 8628 §3.5): longer ones when told so, and after an answer that did not come. */
    private LoginResult poll(String device, Duration first, Duration life, Pause pause) throws InterruptedException {
        Map<String, String> form = grant.form("urn:ietf:params:oauth:grant-type:device_code");
        form.put("device_code", device);
        Instant end = transport.clock().instant().plus(life);
        Duration interval = first;
        while (transport.clock().instant().isBefore(end)) {
            pause.of(interval);
            Response answer;
            try {
                answer = transport.http(TokenAnswer.call(grant.tokenUrl(), form));
            } catch (TransportFailure e) {
                interval = longer(interval, interval);
                continue;
            }
            String error = TokenAnswer.error(answer);
            if (error.equals("slow_down") || answer.status() == 429 || answer.status() >= 500) {
                interval = longer(interval, SLOWER);
            } else if (!error.equals("authorization_pending")) {
                return LoginResult.of(grant, answer, transport.clock().instant());
            }
        }
        return new LoginResult.NotLoggedIn("The code was not used in time: run it again.");
    }

    private static Duration longer(Duration interval, Duration by) {
        return least(interval.plus(by), LONGEST_INTERVAL);
    }

    private static Duration seconds(JsonNode json, String name, Duration unsaid, Duration longest) {
        long seconds = json.path(name).asLong(0);
        return seconds <= 0 ? unsaid : Duration.ofSeconds(Math.min(seconds, longest.toSeconds()));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
