// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.whatsapp;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@code multipart/form-data} body. */
final class Multipart {
    private static final Pattern NAME = Pattern.compile("(?i)content-disposition:[^\\r\\n]*[; ]name=\"([^\"]*)\"");

    private Multipart() {}

    /** The fields by name; empty when the body is not of that type. */
    static Map<String, byte[]> read(String contentType, byte[] body) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        Matcher boundary = Pattern.compile("boundary=\"?([^\";]+)").matcher(contentType);
        if (!contentType.startsWith("multipart/form-data") || !boundary.find()) {
            return fields;
        }
        // ISO 8859-1 maps bytes to characters one to one
        String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
        String[] parts = text.split(Pattern.quote("\r\n--" + boundary.group(1)), -1);
        for (String part : parts) {
            int head = part.indexOf("\r\n\r\n");
            Matcher name = NAME.matcher(head < 0 ? "" : part.substring(0, head));
            if (name.find()) {
                fields.put(name.group(1), part.substring(head + 4).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return fields;
    }
}
