// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpdesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.simulator.MultipartReader;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.UrlEncoded;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * One call of a helpdesk's API.
 *
 * @param steps the parts of the path that its template names
 */
public record ApiCall(SimulatorRequest request, Map<String, String> steps) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public ApiCall {
        steps = Map.copyOf(steps);
    }

    /** A part of the path that the template names. */
    public String step(String name) {
        return steps.getOrDefault(name, "");
    }

    public UrlEncoded query() {
        return UrlEncoded.read(request.uri().getRawQuery());
    }

    /**
     * The body.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException when it is no JSON
     */
    public JsonNode json() throws IOException {
        return JSON.readTree(request.body());
    }

    /** The parts of the body where it is {@code multipart/form-data}; else none. */
    public List<MultipartReader.Part> parts() {
        return MultipartReader.parts(request.header("Content-Type"), request.body());
    }

    /** The text of a part of {@code multipart/form-data}; empty without. */
    public String part(String name) {
        return parts().stream()
                .filter(part -> part.name().equals(name))
                .map(MultipartReader.Part::text)
                .findFirst()
                .orElse("");
    }

    @Override
    public String toString() {
        return "ApiCall[" + request.method() + "]";
    }
}
