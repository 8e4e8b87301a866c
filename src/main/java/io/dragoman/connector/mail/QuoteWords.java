// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The few words that decide what structure leaves open: whether a mail was passed on, and what a program says of
 * itself. They do not grow with the languages of quotes, which are found without words.
 */
public final class QuoteWords {
    /** "wrote:", where neither a name nor a date is known; a quote must follow. */
    private static final List<String> WROTE = List.of(
            "wrote",
            "schrieb",
            "a écrit",
            "escribió",
            "ha scritto",
            "escreveu",
            "schreef",
            "skrev",
            "пишет",
            "написал",
            "写道",
            "書きました");

    /** "Sent from" as devices and programs for them say it. */
    private static final List<String> SENT = List.of(
            "sent from",
            "sent via",
            "gesendet",
            "envoyé",
            "enviado",
            "inviato",
            "verzonden",
            "verstuurd",
            "skickat",
            "skickades",
            "sendt fra",
            "lähetetty",
            "wysłan",
            "отправлен",
            "надіслано",
            "odesláno",
            "gönderildi",
            "から送信",
            "发自",
            "寄自",
            "에서 보냄");

    private static final List<String> DEVICES = List.of(
            "iphone",
            "ipad",
            "android",
            "galaxy",
            "samsung",
            "huawei",
            "xiaomi",
            "blackberry",
            "outlook",
            "yahoo",
            "gmail",
            "proton",
            "windows",
            "smartphone",
            "mobile");

    private static final List<String> FORWARDED = List.of(
            "forwarded message",
            "weitergeleitete nachricht",
            "message transféré",
            "mensaje reenviado",
            "messaggio inoltrato",
            "mensagem encaminhada",
            "пересылаемое сообщение",
            "пересланное сообщение",
            "doorgestuurd bericht",
            "vidarebefordrat",
            "videresendt",
            "przesłana wiadomość",
            "転送メッセージ");

    /** How forwarded mail's subjects begin. */
    private static final Set<String> FORWARD = Set.of(
            "fw",
            "fwd",
            "wg",
            "tr",
            "rv",
            "enc",
            "i",
            "doorst",
            "vb",
            "vl",
            "pd",
            "továbbítás",
            "tov",
            "ileti",
            "ilt",
            "пересл",
            "转发",
            "轉寄",
            "転送",
            "전달");

    /** How the subjects of answers begin. */
    private static final Set<String> REPLY = Set.of(
            "re", "aw", "antw", "antwort", "sv", "vs", "ref", "rif", "res", "odp", "ynt", "yanıt", "vá", "отв", "bls",
            "atb", "回复", "回覆", "答复", "返信", "답장", "رد", "השב");

    private QuoteWords() {}

    /** Whether a line says that somebody wrote. */
    public static boolean wrote(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return WROTE.stream().anyMatch(lower::contains);
    }

    /** Whether a line, in lower case, says from what device or with what program a mail was sent. */
    static boolean sentFromDevice(String lower) {
        boolean outlook = lower.contains("outlook") && (lower.endsWith("ios") || lower.endsWith("android"));
        return outlook
                || (SENT.stream().anyMatch(lower::contains) && DEVICES.stream().anyMatch(lower::contains));
    }

    /** A line above a mail that was passed on: what follows is the very thing that the writer wants to show. */
    static boolean forwards(String line) {
        String lower = line.length() > 120 ? "" : line.toLowerCase(Locale.ROOT);
        return (lower.startsWith("--") || lower.endsWith(":"))
                && FORWARDED.stream().anyMatch(lower::contains);
    }

    /** The word before a line's first colon, in lower case, without bold marks; empty for no such line. */
    private static String label(String line) {
        String bare = line.strip().replace("*", "");
        int colon = bare.indexOf(':');
        int wide = bare.indexOf('：');
        int end = colon < 0 ? wide : wide < 0 ? colon : Math.min(colon, wide);
        return end < 1 || end > 30 ? "" : bare.substring(0, end).strip().toLowerCase(Locale.ROOT);
    }

    /** Whether a subject says that the mail was passed on. */
    public static boolean isForward(String subject) {
        String prefix = prefix(subject);
        return FORWARD.contains(prefix);
    }

    /** Whether a subject says that the mail is an answer. */
    public static boolean isReply(String subject) {
        return REPLY.contains(prefix(subject));
    }

    private static String prefix(String subject) {
        return label(subject).replaceAll("[\\[(]\\d{1,3}[\\])]$", "").strip();
    }
}
