// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code multipart/form-data} (RFC 7578). */
public final class MultipartReader {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");
    private static final Pattern NAME = Pattern.compile("(?i)content-disposition:[^\\r\\n]*[; ]name=\"([^\"]*)\"");

    private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"");
    private static final Pattern TYPE = Pattern.compile("(?i)content-type:([^\\r\\n]*)");

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

    /**
     * One part, whose name may stand more than once.
     *
     * @param file whether it came with a file name
     * @param fileName empty where it is none
     * @param type the media type; empty without
     */
    public record Part(String name, boolean file, String fileName, String type, byte[] content) {
        public String text() {
            return new String(content, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "Part[" + content.length + " bytes]";
        }
    }

    /** The fields by name; none when the body is not of that type. A part without a closing boundary is none. */
    public static Map<String, Field> read(String contentType, byte[] body) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (Part part : parts(contentType, body)) {
            fields.put(part.name(), new Field(part.file(), part.content()));
        }
        return fields;
    }

    /** All of them in their order; none when the body is not of that type. */
    public static List<Part> parts(String contentType, byte[] body) {
        List<Part> found = new ArrayList<>();
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!contentType.startsWith("multipart/form-data") || !boundary.find()) {
            return found;
        }
        // ISO 8859-1 maps bytes to characters one to one
        String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
        String[] parts = text.split(Pattern.quote("\r\n--" + boundary.group(1)), -1);
        // before the first boundary is the preamble, after the last one the epilogue
        for (int i = 1; i < parts.length - 1; i++) {
            int end = parts[i].indexOf("\r\n\r\n");
            String head = end < 0 ? "" : parts[i].substring(0, end);
            Matcher name = NAME.matcher(head);
            if (name.find()) {
                byte[] content = parts[i].substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
                boolean file = head.contains("filename=");
                found.add(new Part(name.group(1), file, first(FILE, head), first(TYPE, head), content));
            }
        }
        return found;
    }

    private static String first(Pattern pattern, String head) {
        Matcher found = pattern.matcher(head);
        byte[] bytes = (found.find() ? found.group(1) : "").getBytes(StandardCharsets.ISO_8859_1);
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }
}
