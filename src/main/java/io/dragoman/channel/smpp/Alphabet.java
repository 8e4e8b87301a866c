// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.connector.kit.SmsText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What an SMS centre means by data_coding 0, its default alphabet. */
enum Alphabet {
    /** GSM 7-bit with an octet for each septet. */
    GSM(StandardCharsets.US_ASCII),
    LATIN1(StandardCharsets.ISO_8859_1),
    ASCII(StandardCharsets.US_ASCII),
    UTF_8(StandardCharsets.UTF_8);

    private final Charset charset;

    Alphabet(Charset charset) {
        this.charset = charset;
    }

    /** Whether it has every character of the text. */
    boolean takes(String text) {
        return this == GSM ? SmsText.isGsm(text) : charset.newEncoder().canEncode(text);
    }

    /** Of all but {@link #GSM}. */
    Charset charset() {
        return charset;
    }
}
