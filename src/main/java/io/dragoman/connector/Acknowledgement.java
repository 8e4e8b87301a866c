// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.ProblemJson;

/** What the sender of a webhook is answered after the commit. Its status is 200 but where it says otherwise. */
public record Acknowledgement(int status, String contentType, String body) {
    /** A bare 200. */
    public static final Acknowledgement OK = new Acknowledgement(200, "text/plain", "");

    public static Acknowledgement text(String body) {
        return new Acknowledgement(200, "text/plain; charset=utf-8", body);
    }

    /** For the one who wrote the sender: 400 as problem details (RFC 9457). */
    public static Acknowledgement refused(String reason) {
        return new Acknowledgement(400, ProblemJson.TYPE, ProblemJson.of(400, "This could not be read.", reason));
    }

    public static Acknowledgement xml(String body) {
        return new Acknowledgement(200, "text/xml; charset=utf-8", body);
    }
}
