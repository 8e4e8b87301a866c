// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

/**
 * How a short message counts (3GPP TS 23.038): GSM 7-bit septets as long as every character is in that alphabet, else
 * UTF-16 units.
 */
public final class SmsText {
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    /** Each is an escape and a second septet, which must not be torn apart. */
    private static final String EXTENDED = "\f^{}\\[~]|€";

    private SmsText() {}

    /** What stands behind the escape for each of {@link #EXTENDED}. */
    private static final String CODES = "\n\u0014()/<=>@e";

    private static final int ESCAPE = 27;

    /** A text that was sent as GSM 7-bit with a byte for each septet; what is none is a question mark. */
    public static String ofGsm(byte[] septets) {
        StringBuilder text = new StringBuilder(septets.length);
        for (int i = 0; i < septets.length; i++) {
            boolean escaped = septets[i] == ESCAPE && i + 1 < septets.length;
            int extended = escaped ? CODES.indexOf(septets[i + 1]) : -1;
            if (extended >= 0) {
                text.append(EXTENDED.charAt(extended));
                i++;
            } else {
                text.append(basic(septets[i]));
            }
        }
        return text.toString();
    }

    private static char basic(byte septet) {
        return septet < 0 || septet == ESCAPE ? '?' : BASIC.charAt(septet < ESCAPE ? septet : septet - 1);
    }

    /** Whether the text goes as GSM 7-bit. */
    public static boolean isGsm(String text) {
        return text.chars().allMatch(unit -> septets((char) unit) > 0);
    }

    /** The septets, or the UTF-16 units where the text does not go as GSM 7-bit. */
    public static int units(String text) {
        int septets = 0;
        for (int i = 0; i < text.length(); i++) {
            int one = septets(text.charAt(i));
            if (one == 0) {
                return text.length();
            }
            septets += one;
        }
        return septets;
    }

    /** How many short messages are sent and paid for: 160 septets or 70 units, 153 or 67 each when there are more. */
    public static int segments(String text) {
        boolean gsm = isGsm(text);
        if (units(text) <= (gsm ? 160 : 70)) {
            return text.isEmpty() ? 0 : 1;
        }
        int room = gsm ? 153 : 67;
        int segments = 1;
        int used = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int next = gsm ? septets(text.charAt(i)) : Character.charCount(text.codePointAt(i));
            if (used + next > room) {
                segments++;
                used = 0;
            }
            used += next;
        }
        return segments;
    }

    /** 1 or 2; 0 for what is not in the alphabet. */
    static int septets(char unit) {
        if (BASIC.indexOf(unit) >= 0) {
            return 1;
        }
        return EXTENDED.indexOf(unit) >= 0 ? 2 : 0;
    }
}
