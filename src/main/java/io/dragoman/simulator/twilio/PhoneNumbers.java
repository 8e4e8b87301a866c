// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.twilio;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;

/** The one number of the simulated account, and where what comes in for it is posted. Thread-safe. */
final class PhoneNumbers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SID = "PN00000000000000000000000000000001";

    private final String number;
    private volatile String url = "";

    PhoneNumbers(String number) {
        this.number = number;
    }

    String url() {
        return url;
    }

    SimulatorResponse answer(String path, SimulatorRequest request) {
        if (path.equals(".json") && request.method().equals("GET")) {
            String query = request.uri().getRawQuery();
            UrlEncoded asked = UrlEncoded.read(query == null ? "" : query);
            ObjectNode list = JSON.createObjectNode();
            if (asked.get("PhoneNumber").isEmpty() || asked.get("PhoneNumber").equals(number)) {
                list.putArray("incoming_phone_numbers").add(resource());
            } else {
                list.putArray("incoming_phone_numbers");
            }
            return SimulatorResponse.json(200, list.toString());
        }
        if (!path.equals("/" + SID + ".json") || !request.method().equals("POST")) {
            return TwilioRefusal.NOT_FOUND.response();
        }
        String given = UrlEncoded.read(request.text()).get("SmsUrl");
        if (!given.matches("https?://.+")) {
            return TwilioRefusal.BAD_REQUEST.response();
        }
        url = given;
        return SimulatorResponse.json(200, resource().toString());
    }

    private ObjectNode resource() {
        return JSON.createObjectNode()
                .put("sid", SID)
                .put("phone_number", number)
                .put("sms_url", url);
    }
}
