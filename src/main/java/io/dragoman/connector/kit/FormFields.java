// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.HttpCall;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Names and values as HTML forms are encoded, in the order they were added; a name may stand more than once. The same
 * is the query of an address. Filled and used by one thread.
 */
public final class FormFields {
    private final StringBuilder encoded = new StringBuilder();

    /** Adds one field. */
    public FormFields add(String name, String value) {
        encoded.append(encoded.length() == 0 ? "" : "&")
                .append(encode(name))
                .append('=')
                .append(encode(value));
        return this;
    }

    /** As the body of a POST. */
    public HttpCall.Body body() {
        return HttpCall.Body.form(encoded.toString());
    }

    /** As a query, without the question mark. */
    public String query() {
        return encoded.toString();
    }

    /** One segment of a path: a slash in it is no slash of the address, nor a space a plus. */
    public static String segment(String text) {
        return encode(text).replace("+", "%20");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "FormFields[…]";
    }
}
