// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

/** What may stand in a header that we write. */
public final class HeaderText {
    private HeaderText() {}

    /** Whether a value would end the header field, and so could start one of its own. */
    public static boolean breaks(String value) {
        return value.chars()
                .anyMatch(c -> (c < ' ' && c != '\t') || c == 127 || c == 0x85 || c == 0x2028 || c == 0x2029);
    }
}
