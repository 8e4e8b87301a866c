// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** What the sender of a webhook is answered after the commit. */
public record Acknowledgement(int status, String contentType, String body) {
    /** A bare 200. */
    public static final Acknowledgement OK = new Acknowledgement(200, "text/plain", "");

    public static Acknowledgement text(String body) {
        return new Acknowledgement(200, "text/plain; charset=utf-8", body);
    }

    public static Acknowledgement xml(String body) {
        return new Acknowledgement(200, "text/xml; charset=utf-8", body);
    }
}
