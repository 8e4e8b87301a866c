// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

/** What may stand in a header that we write. */
final class HeaderText {
    private HeaderText() {}

    /** Whether a value would end the header field, and so could start one of its own. */
    static boolean breaks(String value) {
        return value.chars()
                .anyMatch(c -> (c < ' ' && c != '\t') || c == 127 || c == 0x85 || c == 0x2028 || c == 0x2029);
    }
}
