// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code multipart/form-data} (RFC 7578). */
public final class MultipartReader {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");
    private static final Pattern NAME = Pattern.compile("(?i)content-disposition:[^\\r\\n]*[; ]name=\"([^\"]*)\"");

    private MultipartReader() {}

    /**
     * One field.
     *
     * @param file whether it came with a file name
     */
    public record Field(boolean file, byte[] content) {
        public String text() {
            return new String(content, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "Field[" + content.length + " bytes]";
        }
    }

    /** The fields by name; none when the body is not of that type. A part without a closing boundary is none. */
    public static Map<String, Field> read(String contentType, byte[] body) {
        Map<String, Field> fields = new LinkedHashMap<>();
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!contentType.startsWith("multipart/form-data") || !boundary.find()) {
            return fields;
        }
        // ISO 8859-1 maps bytes to characters one to one
        String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
        String[] parts = text.split(Pattern.quote("\r\n--" + boundary.group(1)), -1);
        // before the first boundary is the preamble, after the last one the epilogue
        for (int i = 1; i < parts.length - 1; i++) {
            int head = parts[i].indexOf("\r\n\r\n");
            Matcher name = NAME.matcher(head < 0 ? "" : parts[i].substring(0, head));
            if (name.find()) {
                boolean file = parts[i].substring(0, head).contains("filename=");
                byte[] content = parts[i].substring(head + 4).getBytes(StandardCharsets.ISO_8859_1);
                fields.put(name.group(1), new Field(file, content));
            }
        }
        return fields;
    }
}
