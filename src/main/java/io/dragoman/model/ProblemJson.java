// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Problem details (RFC 9457), as whoever refuses something writes them. */
public final class ProblemJson {
    /** Its media type. */
    public static final String TYPE = "application/problem+json";

    private ProblemJson() {}

    /**
     * The document.
     *
     * @param detail what is wrong with this one request; null for nothing beyond the title
     */
    public static String of(int status, String title, @Nullable String detail) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("type", "about:blank");
        body.put("title", title);
        body.put("status", status);
        if (detail != null) {
            body.put("detail", detail);
        }
        return Json.write(body);
    }
}
