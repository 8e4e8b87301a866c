// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.freshdesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.MultipartReader;
import io.dragoman.simulator.helpdesk.ApiCall;
import io.dragoman.simulator.helpdesk.HelpdeskFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A body that is JSON, or a form with files where lists are {@code tags[]} and objects {@code custom_fields[x]}. */
record FreshdeskBody(JsonNode json, List<HelpdeskFile> files) {
    private static final Set<String> NUMBERS =
            Set.of("status", "priority", "source", "requester_id", "user_id", "group_id", "responder_id");

    static FreshdeskBody of(ApiCall call, Supplier<String> ids) throws IOException {
        if (!call.request().header("Content-Type").startsWith("multipart/form-data")) {
            return new FreshdeskBody(call.json(), List.of());
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        List<HelpdeskFile> files = new ArrayList<>();
        for (MultipartReader.Part part : call.parts()) {
            String name = part.name();
            int bracket = name.indexOf('[');
            if (part.file()) {
                files.add(new HelpdeskFile(ids.get(), part.fileName(), part.type(), part.content()));
            } else if (name.endsWith("[]")) {
                json.withArray("/" + name.substring(0, bracket)).add(part.text());
            } else if (bracket > 0) {
                json.withObject("/" + name.substring(0, bracket))
                        .put(name.substring(bracket + 1, name.length() - 1), part.text());
            } else if (NUMBERS.contains(name) && part.text().matches("\\d{1,18}")) {
                json.put(name, Long.parseLong(part.text()));
            } else if (part.text().matches("true|false")) {
                json.put(name, part.text().equals("true"));
            } else {
                json.put(name, part.text());
            }
        }
        return new FreshdeskBody(json, files);
    }

    @Override
    public String toString() {
        return "FreshdeskBody[" + files.size() + " files]";
    }
}
