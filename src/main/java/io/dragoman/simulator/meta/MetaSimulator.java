// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.meta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HmacSigner;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** A Meta app: signs its webhooks, asks a callback for its challenge, and answers with errors as the Graph API does. */
public abstract class MetaSimulator extends HttpSimulator {
    public static final String ACCESS_TOKEN = "EAAG-simulated-access-token";
    public static final String APP_SECRET = "5f1c0e8a9d7b4c3e2f6a1b0c9d8e7f60";
    public static final String VERIFY_TOKEN = "simulated-verify-token";

    /** Everything beyond ASCII is escaped as Meta does it, so that only the raw bytes carry the signature. */
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private volatile byte[] last = new byte[0];

    protected MetaSimulator(int port, Clock clock) {
        super(port, clock);
    }

    @Override
    public Optional<Proof> proof() {
        return Proof.by("x-hub-signature-256");
    }

    @Override
    public int brings(URI callback, byte[] body) {
        return tell(callback, body);
    }

    /** Registers the callback as Meta's dashboard does; whether it answered with the challenge. */
    public boolean handshake(URI callback) {
        String challenge = Long.toString(1_158_201_444L + ids().next());
        String query = "hub.mode=subscribe&hub.challenge=" + challenge + "&hub.verify_token=" + VERIFY_TOKEN;
        try {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(callback + "?" + query))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 && response.body().equals(challenge);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Posts the last webhook again, as Meta does when it believes that nobody took it. */
    public int repeats(URI callback) {
        return tell(callback, last);
    }

    /** Posts a webhook with its signature. */
    protected int tell(URI callback, ObjectNode webhook) {
        try {
            byte[] body = MAPPER.writeValueAsBytes(webhook);
            last = body;
            return tell(callback, body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private int tell(URI callback, byte[] body) {
        String signature = "sha256=" + HmacSigner.hex("HmacSHA256", HmacSigner.utf8(APP_SECRET), body);
        return post(callback, "application/json", body, Map.of("X-Hub-Signature-256", signature));
    }

    protected static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    protected static JsonNode read(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    protected static SimulatorResponse unknownPath() {
        return error(400, 2500, 0, "Unknown path components");
    }

    @Override
    protected SimulatorResponse expired() {
        return error(401, 190, 463, "Error validating access token: Session has expired");
    }

    /** An error of the Graph API; {@code subcode} 0 for none. */
    protected static SimulatorResponse error(int status, int code, int subcode, String message) {
        ObjectNode answer = object();
        ObjectNode error = answer.putObject("error")
                .put("message", "(#" + code + ") " + message)
                .put("type", "OAuthException")
                .put("code", code)
                .put("fbtrace_id", "AbCdEfGhIjK");
        if (subcode != 0) {
            error.put("error_subcode", subcode);
        }
        return SimulatorResponse.json(status, answer.toString());
    }
}
