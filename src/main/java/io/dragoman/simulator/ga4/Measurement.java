// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.ga4;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.simulator.UrlEncoded;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of a request, as Google's pages on the protocol's reference and its limits have them. */
final class Measurement {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_EVENTS = 25;
    private static final int MOST_PARAMS = 25;
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_VALUE = 100;
    private static final Duration OLDEST = Duration.ofDays(3);
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Pattern RESERVED = Pattern.compile("(_|firebase_|ga_|google_|gtag\\.).*");
    private static final Set<String> RESERVED_EVENTS = Set.of(
            "ad_activeview",
            "ad_click",
            "ad_exposure",
            "ad_query",
            "ad_reward",
            "adunit_exposure",
            "app_clear_data",
            "app_exception",
            "app_remove",
            "app_store_refund",
            "app_update",
            "error",
            "first_open",
            "first_visit",
            "in_app_purchase",
            "os_update",
            "screen_view",
            "session_start",
            "user_engagement");

    private final Clock clock;
    private final List<MeasurementFault> faults = new ArrayList<>();

    Measurement(Clock clock) {
        this.clock = clock;
    }

    List<MeasurementFault> faults(byte[] body, UrlEncoded query) {
        for (String name : List.of("measurement_id", "api_secret")) {
            if (query.all(name).isEmpty()) {
                fault(name, "Unable to find non-empty parameter [" + name + "] value in request.", "VALUE_REQUIRED");
            }
        }
        try {
            request(JSON.readTree(body));
        } catch (IOException e) {
            fault("", "Unable to parse Measurement Protocol JSON payload.", "VALUE_INVALID");
        }
        return List.copyOf(faults);
    }

    private void fault(String path, String description, String code) {
        faults.add(new MeasurementFault(path, description, code));
    }

    private void request(JsonNode request) {
        if (request.path("client_id").asText().isEmpty()) {
            fault("client_id", "Measurement requires a client_id.", "VALUE_REQUIRED");
        }
        JsonNode time = request.path("timestamp_micros");
        long oldest = clock.instant().minus(OLDEST).toEpochMilli() * 1_000;
        if (!time.isMissingNode() && !time.isIntegralNumber()) {
            fault("timestamp_micros", "timestamp_micros must be a number.", "VALUE_INVALID");
        } else if (time.isIntegralNumber() && time.asLong() < oldest) {
            fault("timestamp_micros", "Measurement timestamp_micros is more than 72 hours ago.", "VALUE_OUT_OF_BOUNDS");
        }
        for (Map.Entry<String, JsonNode> one : request.path("consent").properties()) {
            boolean word = Set.of("ad_user_data", "ad_personalization").contains(one.getKey())
                    && Set.of("GRANTED", "DENIED").contains(one.getValue().asText());
            if (!word) {
                fault("consent." + one.getKey(), "consent has an invalid value.", "VALUE_INVALID");
            }
        }
        JsonNode events = request.path("events");
        if (events.isEmpty()) {
            fault("events", "Measurement requires at least one event.", "VALUE_REQUIRED");
        } else if (events.size() > MOST_EVENTS) {
            fault("events", "Measurement has more than 25 events.", "EXCEEDED_MAX_ENTITIES");
        }
        for (int at = 0; at < events.size(); at++) {
            event(events.path(at), "Event at index: [" + at + "]");
        }
    }

    private void event(JsonNode event, String which) {
        String name = event.path("name").asText();
        name("events", which, name);
        if (RESERVED_EVENTS.contains(name)) {
            fault("events", which + " has name [" + name + "] which is reserved.", "NAME_RESERVED");
        }
        JsonNode params = event.path("params");
        if (params.size() > MOST_PARAMS) {
            fault("events.params", which + " has more than 25 parameters.", "EXCEEDED_MAX_ENTITIES");
        }
        for (Map.Entry<String, JsonNode> one : params.properties()) {
            name("events.params", which + ", parameter", one.getKey());
            if (one.getValue().isContainerNode() && !one.getKey().equals("items")) {
                fault("events.params." + one.getKey(), which + " has a nested parameter.", "VALUE_INVALID");
            } else if (one.getValue().asText().length() > LONGEST_VALUE) {
                fault("events.params." + one.getKey(), which + " has a value that is too long.", "VALUE_OUT_OF_BOUNDS");
            }
        }
    }

    private void name(String path, String which, String name) {
        if (name.isEmpty()) {
            fault(path, which + " requires a name.", "VALUE_REQUIRED");
        } else if (RESERVED.matcher(name).matches()) {
            fault(path, which + " has name [" + name + "] with a reserved prefix.", "NAME_RESERVED");
        } else if (!NAME.matcher(name).matches()) {
            fault(
                    path,
                    which + " has invalid name [" + name
                            + "]. Only alphanumeric characters and underscores are allowed.",
                    "NAME_INVALID");
        } else if (name.length() > LONGEST_NAME) {
            fault(path, which + " has a name longer than 40 characters.", "NAME_INVALID");
        }
    }
}
