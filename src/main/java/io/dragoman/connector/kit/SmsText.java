// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

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
        return ofGsm(septets, 0, 0);
    }

    /**
     * The same for a sender whose language has tables of its own (3GPP TS 23.038, 6.2.1.2); see {@link #knows}.
     *
     * @param locking the language whose table takes the place of the alphabet; 0 for none
     * @param single the language whose table takes the place of what stands behind escapes; 0 for none
     */
    public static String ofGsm(byte[] septets, int locking, int single) {
        StringBuilder text = new StringBuilder(septets.length);
        for (int i = 0; i < septets.length; i++) {
            boolean escaped = septets[i] == ESCAPE && i + 1 < septets.length;
            int extended = escaped ? CODES.indexOf(septets[i + 1]) : -1;
            char national = escaped ? SmsLanguage.behindEscape(single, septets[i + 1]) : SmsLanguage.NONE;
            if (national != SmsLanguage.NONE || extended >= 0) {
                text.append(national != SmsLanguage.NONE ? national : EXTENDED.charAt(extended));
                i++;
            } else {
                char other = SmsLanguage.locked(locking, septets[i]);
                text.append(other != SmsLanguage.NONE ? other : basic(septets[i]));
            }
        }
        return text.toString();
    }

    /** Whether the tables of a language are known: those of the standard, 1 (Turkish) to 13 (Urdu), or none (0). */
    public static boolean knows(int language) {
        return SmsLanguage.isKnown(language);
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
        return text.isEmpty() ? 0 : pieces(text, 6).size();
    }

    /**
     * The text as it goes in short messages: whole where it fits into one, else cut so that no escape and no surrogate
     * pair is torn apart.
     *
     * @param header the octets that tell a phone which piece each is: 6, or 7 with a reference of 16 bits
     */
    public static List<String> pieces(String text, int header) {
        return pieces(text, header, isGsm(text));
    }

    /** The same for a text that goes in UTF-16 units, though it would go as GSM 7-bit. */
    public static List<String> wide(String text, int header) {
        return pieces(text, header, false);
    }

    private static List<String> pieces(String text, int header, boolean gsm) {
        if (gsm ? units(text) <= 160 : text.length() <= 70) {
            return List.of(text);
        }
        int room = gsm ? (140 - header) * 8 / 7 : (140 - header) / 2;
        List<String> pieces = new ArrayList<>();
        int start = 0;
        int used = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int next = gsm ? septets(text.charAt(i)) : Character.charCount(text.codePointAt(i));
            if (used + next > room) {
                pieces.add(text.substring(start, i));
                start = i;
                used = 0;
            }
            used += next;
        }
        pieces.add(text.substring(start));
        return pieces;
    }

    /** Whether who cuts the text after each so many septets, and looks at none, would part an escape from its letter. */
    public static boolean isTorn(byte[] septets, int room) {
        if (septets.length <= 160) {
            return false;
        }
        for (int end = room; end < septets.length; end += room) {
            if (septets[end - 1] == ESCAPE) {
                return true;
            }
        }
        return false;
    }

    /**
     * The text as GSM 7-bit with a byte for each septet.
     *
     * @throws IllegalArgumentException when it does not go as GSM 7-bit
     */
    public static byte[] toGsm(String text) {
        ByteArrayOutputStream septets = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            int basic = BASIC.indexOf(text.charAt(i));
            int extended = EXTENDED.indexOf(text.charAt(i));
            if (basic < 0 && extended < 0) {
                throw new IllegalArgumentException("the text is not in the GSM alphabet");
            }
            if (basic < 0) {
                septets.write(ESCAPE);
            }
            septets.write(basic < 0 ? CODES.charAt(extended) : basic < ESCAPE ? basic : basic + 1);
        }
        return septets.toByteArray();
    }

    /** 1 or 2; 0 for what is not in the alphabet. */
    static int septets(char unit) {
        if (BASIC.indexOf(unit) >= 0) {
            return 1;
        }
        return EXTENDED.indexOf(unit) >= 0 ? 2 : 0;
    }
}
