// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.ga4;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.EventCounter.Subject;
import io.dragoman.connector.Response;
import io.dragoman.connector.SelfTest.Check;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.CountedEvent;
import io.dragoman.model.Ignored;
import io.dragoman.model.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether Google's validation server takes what the account would send. Nothing is counted by that. Nobody can ask whether the
 * measurement ID and the secret are right: Google answers the same to wrong ones.
 */
final class Ga4Check {
    private static final String REACHED = "the validation server answers";
    private static final String EVENTS = "the events are valid";
    private static final String SECRET = "measurementId and apiSecret are right";

    private Ga4Check() {}

    static List<Check> run(Account account, Transport transport, Clock clock) {
        Check secret = Check.notChecked(
                SECRET,
                "Google takes wrong ones all the same: look for the events in Reports → Realtime of the property");
        try {
            List<String> faults = new ArrayList<>();
            for (CountedEvent.Type type : account.get(Ga4.EVENTS)) {
                Response response = transport.http(new ApiClient(account).validate(sample(account, type, clock)));
                if (!response.ok()) {
                    Check reached = Check.failed(
                            REACHED,
                            "it answered " + response.status(),
                            "Compare baseUrl with the protocol's address.");
                    return List.of(reached, Check.notChecked(EVENTS, "there was no answer to that"), secret);
                }
                faults(type, response.json(), faults);
            }
            Check reached = Check.ok(REACHED, account.get(Ga4.BASE_URL).getHost());
            return List.of(reached, events(faults), secret);
        } catch (TransportFailure e) {
            Check reached = Check.failed(REACHED, e.detail(), "Compare baseUrl, and look at the network.");
            return List.of(reached, Check.notChecked(EVENTS, "there was no answer"), secret);
        }
    }

    private static Check events(List<String> faults) {
        return faults.isEmpty()
                ? Check.ok(EVENTS, "the validation server found nothing wrong")
                : Check.failed(
                        EVENTS,
                        String.join("; ", faults),
                        "What the codes mean is in Google's page on validating events; if a setting is wrong, mend it.");
    }

    private static void faults(CountedEvent.Type type, JsonNode answer, List<String> faults) {
        for (JsonNode message : answer.path("validationMessages")) {
            faults.add(type.word() + ": "
                    + Ignored.word(message.path("validationCode").asText()) + " at "
                    + Ignored.word(message.path("fieldPath").asText()));
        }
    }

    /** An event of nobody's; the server is asked to be strict. */
    private static byte[] sample(Account account, CountedEvent.Type type, Clock clock) {
        Instant now = clock.instant();
        CountedEvent event = new CountedEvent(
                type, now, account.id(), account.kind(), "team", "en", Map.of("direction", "in"), null);
        byte[] body = new MeasurementBody(account).of(event.scored(5), new Subject("test", now, null));
        try {
            ObjectNode json = (ObjectNode) Json.tree(body);
            return Json.bytes(json.put("validation_behavior", "ENFORCE_RECOMMENDATIONS"));
        } catch (IOException e) {
            throw new IllegalStateException("it was written a moment ago", e);
        }
    }
}
