// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.model.Part;

/**
 * Where a mail stood in its mailbox, and how much of it was taken. Ours, so that no header can claim it.
 *
 * @param rest what follows the last {@code #} of the path: empty, {@code headers-only=<bytes>} or {@code unfetchable}
 */
public record Place(String rest) {
    private static final String HEADERS_ONLY = "headers-only=";
    private static final String UNFETCHABLE = "unfetchable";

    public static Place of(String path) {
        int mark = path.lastIndexOf('#');
        return new Place(mark < 0 ? "" : path.substring(mark + 1));
    }

    /** The path of a mail that is too large to take. */
    public static String headersOnly(String path, long size) {
        return path + "#" + HEADERS_ONLY + size;
    }

    /** The path of a mail that the server would not give. */
    static String unfetchable(String path) {
        return path + "#" + UNFETCHABLE;
    }

    public boolean unfetchable() {
        return rest.equals(UNFETCHABLE);
    }

    public boolean whole() {
        return !unfetchable() && !rest.startsWith(HEADERS_ONLY);
    }

    /** What the reader of the conversation must know. */
    public Part notice() {
        return unfetchable()
                ? new Part.Unsupported("mail", "The mail server would not give this mail; it is still in the mailbox.")
                : new Part.Unsupported(
                        "mail",
                        "This mail has " + rest.substring(HEADERS_ONLY.length())
                                + " bytes, more than this gateway accepts; it is still in the mailbox.");
    }
}
