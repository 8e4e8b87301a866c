// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Signature;
import io.dragoman.connector.kit.HtmlText;
import io.dragoman.connector.kit.SmsText;
import io.dragoman.model.Hashes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jsoup.Jsoup;

/** Texts in the codes of providers: hexadecimal digits of UCS-2, percent signs in odd alphabets, hashes. Pure. */
final class TextCodes {
    private TextCodes() {}

    /** Text as HTML: nothing in it is markup, and lines stay lines. */
    static String html(String text) {
        return BodyTemplate.escaped(text).replace("\r\n", "\n").replace("\n", "<br>");
    }

    /** HTML as a person would type it. */
    static String htmlText(String html) {
        return HtmlText.of(Jsoup.parse(html)).replace(HtmlText.QUOTE_MARK, "").strip();
    }

    /** UTF-16 in hexadecimal digits, most significant byte first. */
    static String ucs2Hex(String text) {
        return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_16BE));
    }

    /** Bytes in hexadecimal digits as text; the alphabet {@code GSM} is that of short messages, a byte a septet. */
    static String hexText(String digits, String charset) {
        byte[] bytes = HexFormat.of().parseHex(digits);
        return charset.equals("GSM") ? SmsText.ofGsm(bytes) : new String(bytes, Charset.forName(charset));
    }

    /** Text whose bytes, in an alphabet such as {@code UTF-16BE}, are written with percent signs where they are odd. */
    static String decodePercent(String text, String charset) {
        return decode(text.replace('+', ' '), Charset.forName(charset), "");
    }

    /** A part of an address: plus stays plus, which only forms write for a space; {@code kept} stays an escape. */
    static String decodeAddress(String text, String kept) {
        return decode(text, StandardCharsets.UTF_8, kept);
    }

    private static String decode(String text, Charset charset, String kept) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int at = 0; at < text.length(); at++) {
            char one = text.charAt(at);
            int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
            int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
            if (one == '%' && high >= 0 && low >= 0 && kept.indexOf(high * 16 + low) < 0) {
                bytes.write(high * 16 + low);
                at += 2;
            } else if (one < 0x80) {
                bytes.write(one);
            } else {
                String whole = Character.toString(text.codePointAt(at));
                bytes.writeBytes(whole.getBytes(charset));
                at += whole.length() - 1;
            }
        }
        return bytes.toString(charset);
    }

    static String base64url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A hash of a text's UTF-8: {@code md5}, {@code sha1}, {@code sha256} or {@code sha512}. */
    static String hash(String text, String algorithm, String encoding) {
        String name = algorithm.equals("md5") ? "MD5" : algorithm.replaceFirst("^sha", "SHA-");
        return encode(Hashes.of(name, text.getBytes(StandardCharsets.UTF_8)), encoding);
    }

    /** A keyed hash of a text's UTF-8, by the same names. */
    static String hmac(String text, String key, String algorithm, String encoding) {
        byte[] hash = Signature.hmac(
                "Hmac" + algorithm.toUpperCase(Locale.ROOT),
                key.getBytes(StandardCharsets.UTF_8),
                text.getBytes(StandardCharsets.UTF_8));
        return encode(hash, encoding);
    }

    /** Bytes as {@code hex}, {@code base64} or {@code base64url}. */
    static String encode(byte[] bytes, String encoding) {
        return switch (encoding) {
            case "base64" -> Base64.getEncoder().encodeToString(bytes);
            case "base64url" -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            default -> HexFormat.of().formatHex(bytes);
        };
    }
}
