// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import io.dragoman.connector.kit.HtmlCleaner;
import io.dragoman.connector.kit.HtmlText;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Part;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** What somebody wrote, without what their client repeats of the message that they answer. */
final class MatrixText {
    /** How it begins in the clients that repeat it (until version 1.13 of the specification). */
    private static final String REPEATED = "(?s)> (\\* )?<@[^>]{1,255}>.*";

    private MatrixText() {}

    /** The text, with its HTML where that says more; null for nothing. */
    static Part.@Nullable Text of(JsonFields content) {
        boolean answer = content.inner("m.relates_to").has("m.in_reply_to");
        String body = content.word("body");
        String shown = body == null ? "" : answer ? withoutRepeated(body) : body;
        String html = "org.matrix.custom.html".equals(content.word("format")) ? content.word("formatted_body") : null;
        if (html == null) {
            return shown.isBlank() ? null : new Part.Text(shown);
        }
        Document document = HtmlCleaner.parse(html);
        document.select("mx-reply").remove();
        String clean = HtmlCleaner.clean(document, Map.of());
        String text = shown.isBlank() ? HtmlText.of(document) : shown;
        return text.isBlank() ? null : new Part.Text(text, null, clean.contains("<") ? clean : null);
    }

    static String withoutRepeated(String body) {
        if (!body.matches(REPEATED)) {
            return body;
        }
        int at = 0;
        while (at < body.length() && body.charAt(at) == '>') {
            int end = body.indexOf('\n', at);
            at = end < 0 ? body.length() : end + 1;
        }
        String rest = body.substring(at);
        return rest.startsWith("\n") ? rest.substring(1) : rest;
    }
}
