// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of a Bot API request: query string, JSON, form or form with files, all alike. */
final class Form {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");

    private final ObjectNode values = JSON.createObjectNode();
    private final Map<String, byte[]> files = new HashMap<>();

    private Form() {}

    static Form of(String contentType, @Nullable String query, byte[] body) throws IOException {
        Form form = new Form();
        if (query != null) {
            form.urlEncoded(query);
        }
        if (contentType.startsWith("application/json") && body.length > 0) {
            JsonNode json = JSON.readTree(body);
            if (json instanceof ObjectNode object) {
                form.values.setAll(object);
            }
        } else if (contentType.startsWith("application/x-www-form-urlencoded")) {
            form.urlEncoded(new String(body, StandardCharsets.UTF_8));
        } else if (contentType.startsWith("multipart/form-data")) {
            Matcher boundary = BOUNDARY.matcher(contentType);
            if (boundary.find()) {
                form.multipart(boundary.group(1), body);
            }
        }
        return form;
    }

    String text(String name) {
        JsonNode value = values.path(name);
        return value.isContainerNode() ? value.toString() : value.asText("");
    }

    long number(String name) {
        try {
            return Long.parseLong(text(name).strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    boolean has(String name) {
        return values.hasNonNull(name) || files.containsKey(name);
    }

    /** A structure: as such in JSON, as its text in a form. */
    JsonNode structure(String name) {
        JsonNode value = values.path(name);
        if (!value.isTextual()) {
            return value;
        }
        try {
            return JSON.readTree(value.textValue());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    byte @Nullable [] file(String name) {
        return files.get(name);
    }

    private void urlEncoded(String text) {
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** As one byte a character, so that places in the text are places in the body. */
    private void multipart(String boundary, byte[] body) {
        String bytes = new String(body, StandardCharsets.ISO_8859_1);
        String separator = "\r\n--" + boundary;
        String all = "\r\n" + bytes;
        int at = all.indexOf(separator);
        while (at >= 0) {
            int start = at + separator.length();
            int end = all.indexOf(separator, start);
            int head = all.indexOf("\r\n\r\n", start);
            if (end < 0 || head < 0 || head > end) {
                return;
            }
            part(all.substring(start, head), all.substring(head + 4, end).getBytes(StandardCharsets.ISO_8859_1));
            at = end;
        }
    }

    private void part(String head, byte[] content) {
        Matcher name = NAME.matcher(head);
        if (!name.find()) {
            return;
        }
        if (head.contains("filename=")) {
            files.put(name.group(1), content);
        } else {
            values.put(name.group(1), new String(content, StandardCharsets.UTF_8));
        }
    }
}
