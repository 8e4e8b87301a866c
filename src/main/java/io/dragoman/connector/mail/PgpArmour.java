// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PGP between the lines of a text (RFC 4880 §6.2, §7). Nothing is decrypted, no signature is checked.
 *
 * @param text what a reader can read: what was signed, and what stands around an encrypted block
 * @param encrypted whether a block was left out that only its receiver's key opens
 * @param signed whether a signature was left out
 */
record PgpArmour(String text, boolean encrypted, boolean signed) {
    private static final String BEGIN_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final Pattern MESSAGE = Pattern.compile(
            "(?m)^-----BEGIN PGP MESSAGE-----[ \\t]*$[\\s\\S]*?(?:^-----END PGP MESSAGE-----[ \\t]*$|\\z)");
    private static final Pattern SIGNATURE = Pattern.compile(
            "(?m)^-----BEGIN PGP SIGNATURE-----[ \\t]*$[\\s\\S]*?(?:^-----END PGP SIGNATURE-----[ \\t]*$|\\z)");

    /** The armour's own header: {@code Hash: SHA256} and an empty line. */
    private static final Pattern BEGINNING =
            Pattern.compile("(?m)^" + BEGIN_SIGNED + "[ \\t]*\\R(?:[A-Za-z]{1,20}: .{0,200}\\R){0,10}[ \\t]*\\R");

    /** Reads a text; the same text where there is no PGP in it. */
    static PgpArmour read(String text) {
        if (!text.contains("-----BEGIN PGP ")) {
            return new PgpArmour(text, false, false);
        }
        Matcher beginning = BEGINNING.matcher(text);
        String unsigned = text;
        boolean signed = beginning.find();
        if (signed) {
            unsigned =
                    SIGNATURE.matcher(beginning.replaceAll("")).replaceAll("").replaceAll("(?m)^- ", "");
        }
        Matcher message = MESSAGE.matcher(unsigned);
        boolean encrypted = message.find();
        return new PgpArmour(encrypted ? message.replaceAll("") : unsigned, encrypted, signed);
    }
}
