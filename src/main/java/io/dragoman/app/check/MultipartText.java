// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A form with a file (RFC 7578) as a case writes it: a line a field, without the boundary. */
final class MultipartText {
    private static final Pattern NAME = Pattern.compile("(?i)[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("(?i)filename=\"([^\"]*)\"");
    private static final Pattern TYPE = Pattern.compile("(?i)content-type: ([^\r\n]*)");

    private MultipartText() {}

    /** Each field as {@code name: value}, a file as {@code name: [its name, its type] its bytes as text}. */
    static String of(String contentType, byte[] body) {
        String boundary = "--" + contentType.substring(contentType.indexOf("boundary=") + "boundary=".length());
        String text = "\r\n" + new String(body, StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (String part : text.split(Pattern.quote("\r\n" + boundary), -1)) {
            int end = part.indexOf("\r\n\r\n");
            String head = end < 0 ? "" : part.substring(0, end);
            Matcher file = FILE_NAME.matcher(head);
            if (!head.isEmpty()) {
                String what = file.find() ? "[" + file.group(1) + ", " + first(TYPE, head) + "] " : "";
                lines.add(first(NAME, head) + ": " + what + part.substring(end + 4));
            }
        }
        return String.join("\n", lines);
    }

    private static String first(Pattern pattern, String head) {
        Matcher found = pattern.matcher(head);
        return found.find() ? found.group(1) : "";
    }
}
