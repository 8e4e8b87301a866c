// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.io.ByteArrayOutputStream;

/** Mends line ends that a mail server doubled: Courier adds its CR to each line of a file that had one already. */
final class LineEnds {
    private LineEnds() {}

    /** The mail with CR LF for CR CR LF where its first line ends so; any other mail is the same array. */
    static byte[] single(byte[] raw) {
        if (!isDoubled(raw)) {
            return raw;
        }
        ByteArrayOutputStream mended = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            boolean extra = raw[i] == '\r' && i + 2 < raw.length && raw[i + 1] == '\r' && raw[i + 2] == '\n';
            if (!extra) {
                mended.write(raw[i]);
            }
        }
        return mended.toByteArray();
    }

    private static boolean isDoubled(byte[] raw) {
        int end = 0;
        while (end < raw.length && raw[end] != '\n') {
            end++;
        }
        return end < raw.length && end >= 2 && raw[end - 1] == '\r' && raw[end - 2] == '\r';
    }
}
