// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Request;
import org.jspecify.annotations.Nullable;

/**
 * A header's value, or one field of a value such as {@code t=1763719200,s=ab12}, or its place, counted from 1, in one
 * such as {@code 1763719200;ab12}. Immutable.
 *
 * @param field null for the whole value
 */
record HeaderPart(String name, @Nullable String field) {

    /** Written as {@code X-Signature}, {@code X-Signature#s} for a field, or {@code X-Signature#2} for a place. */
    static HeaderPart of(String written) {
        int hash = written.indexOf('#');
        return hash < 0
                ? new HeaderPart(written.strip(), null)
                : new HeaderPart(
                        written.substring(0, hash).strip(),
                        written.substring(hash + 1).strip());
    }

    /** The value; empty where there is none. */
    String in(Request request) {
        String value = request.header(name).orElse("");
        if (field == null) {
            return value;
        }
        if (field.matches("[1-9]")) {
            String[] pieces = value.split(";", 10);
            int place = Integer.parseInt(field);
            return place <= pieces.length ? pieces[place - 1].strip() : "";
        }
        for (String pair : value.split(",", 50)) {
            if (pair.strip().startsWith(field + "=")) {
                return pair.strip().substring(field.length() + 1);
            }
        }
        return "";
    }
}
