// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.smpp;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** The default alphabet of networks (3GPP TS 23.038, 6.2.1), an octet for each septet. */
final class GsmAlphabet {
    /** By code; what is 0 on both sides of it is the escape at 0x1b. */
    private static final char[] TABLE =
            ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\0ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLM"
                            + "NOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà")
                    .toCharArray();
    /** Code and character in turns. */
    private static final String BEHIND_ESCAPE = "\n\f\u0014^({)}/\\<[=~>]@|e€";

    private static final int ESCAPE = 0x1b;

    private GsmAlphabet() {}

    /** Empty when the text has a character of another alphabet. */
    static Optional<byte[]> encode(String text) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            int code = code(character);
            int second = second(character);
            if (code >= 0) {
                octets.write(code);
            } else if (second >= 0) {
                octets.write(ESCAPE);
                octets.write(second);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(octets.toByteArray());
    }

    private static int code(char character) {
        for (int code = 0; code < TABLE.length; code++) {
            if (TABLE[code] == character && code != ESCAPE) {
                return code;
            }
        }
        return -1;
    }

    private static int second(char character) {
        for (int i = 1; i < BEHIND_ESCAPE.length(); i += 2) {
            if (BEHIND_ESCAPE.charAt(i) == character) {
                return BEHIND_ESCAPE.charAt(i - 1);
            }
        }
        return -1;
    }

    static String decode(byte[] octets) {
        StringBuilder text = new StringBuilder();
        boolean escaped = false;
        for (byte octet : octets) {
            if (octet == ESCAPE) {
                escaped = true;
                continue;
            }
            text.append(octet < 0 ? '\ufffd' : escaped ? behind(octet) : TABLE[octet]);
            escaped = false;
        }
        return text.toString();
    }

    private static char behind(byte octet) {
        for (int i = 0; i < BEHIND_ESCAPE.length(); i += 2) {
            if (BEHIND_ESCAPE.charAt(i) == octet) {
                return BEHIND_ESCAPE.charAt(i + 1);
            }
        }
        return TABLE[octet];
    }
}
