// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.ga4;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Google's servers of the Measurement Protocol. {@code /mp/collect} answers 204 whatever comes, and counts an event only if it is
 * valid, not too old and comes with the right measurement ID and secret; {@code /debug/mp/collect} says what is wrong with it,
 * but nothing of the secret. Thread-safe.
 */
public final class Ga4Simulator extends HttpSimulator {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MEASUREMENT_ID = "G-SIMULATED1";
    private static final String SECRET = "simulated-api-secret-22";
    private static final int LARGEST = 130_000;

    private final Clock clock;
    private final List<Hit> hits = new ArrayList<>();

    /**
     * Starts it.
     *
     * @param port 0 for any free one
     * @param clock tells how old an event is
     */
    public Ga4Simulator(int port, Clock clock) {
        super(port, clock);
        this.clock = clock;
        start();
    }

    /**
     * A request that was answered with 204.
     *
     * @param counted whether it is in the reports
     * @param body as it came
     */
    public record Hit(boolean counted, String body) {
        /** The body as a tree. */
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        /** The name of its first event. */
        public String event() {
            return json().at("/events/0/name").asText();
        }
    }

    @Override
    public String kind() {
        return "ga4";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("measurementId", MEASUREMENT_ID);
        settings.put("apiSecret", SECRET);
        settings.put("baseUrl", baseUrl().toString());
        return settings;
    }

    /** Nobody does. */
    @Override
    public int customerWrites(URI callback, String customer, String text) {
        return 0;
    }

    /** What came, in order. */
    public List<Hit> hits() {
        synchronized (hits) {
            return List.copyOf(hits);
        }
    }

    @Override
    protected SimulatorResponse handle(SimulatorRequest request) {
        boolean debug = request.path().equals("/debug/mp/collect");
        if (!debug && !request.path().equals("/mp/collect")) {
            return SimulatorResponse.empty(404, Map.of());
        } else if (!request.method().equals("POST")) {
            return SimulatorResponse.empty(405, Map.of());
        } else if (request.body().length >= LARGEST) {
            return SimulatorResponse.empty(413, Map.of());
        }
        UrlEncoded query = UrlEncoded.read(
                request.uri().getRawQuery() == null ? "" : request.uri().getRawQuery());
        List<MeasurementFault> faults = new Measurement(clock).faults(request.body(), query);
        if (debug) {
            return SimulatorResponse.json(200, answer(faults));
        }
        boolean known = query.all("measurement_id").contains(MEASUREMENT_ID)
                && query.all("api_secret").contains(SECRET);
        synchronized (hits) {
            hits.add(new Hit(known && faults.isEmpty(), request.text()));
        }
        return SimulatorResponse.empty(204, Map.of());
    }

    private static ObjectNode answer(List<MeasurementFault> faults) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode messages = answer.putArray("validationMessages");
        for (MeasurementFault fault : faults) {
            messages.addObject()
                    .put("fieldPath", fault.fieldPath())
                    .put("description", fault.description())
                    .put("validationCode", fault.code());
        }
        return answer;
    }
}
