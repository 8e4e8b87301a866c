// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.connector.kit.HtmlText;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words by which mail programs introduce what they quote, in the languages they speak. Plain string searches on
 * capped lines: no pattern here can be made slow.
 */
final class QuoteWords {
    private static final int LONGEST_LINE = 500;

    /** "wrote:" */
    private static final List<String> WROTE = List.of(
            "wrote",
            "schrieb",
            "a écrit",
            "escribió",
            "escribio",
            "va escriure",
            "ha scritto",
            "escreveu",
            "schreef",
            "skrev",
            "kirjoitti",
            "napisał",
            "napisal",
            "napísal",
            "napisao",
            "írta",
            "a scris",
            "пишет",
            "писал",
            "написал",
            "пише",
            "написав",
            "писав",
            "написа",
            "напісаў",
            "έγραψε",
            "yazdı",
            "yazdi",
            "yazıb",
            "ýazdy",
            "დაწერა",
            "წერს",
            "გրել",
            "գրել է",
            "գրեց",
            "كتب",
            "كتبت",
            "נכתב",
            "כתב",
            "نوشت",
            "เขียน",
            "đã viết",
            "menulis",
            "書きました",
            "のメール",
            "写道",
            "寫道",
            "작성",
            "썼습니다",
            "ने लिखा",
            "rakstīja",
            "rašė",
            "kirjutas",
            "shkroi",
            "idatzi",
            "skrifaði",
            "жазды",
            "yozdi");

    /** What such a line starts with, so that one that was wrapped is found whole. */
    private static final List<String> STARTS = List.of(
            "on ", "am ", "le ", "el ", "il ", "em ", "op ", "den ", "dne ", "dnia ", "w dniu", "în ", "la data", "pe ",
            "vào ", "pada ", "στις ", "в ", "на ", "у ", "dana ", "kl.", "tarih", "בתאריך", "في ", "در ", "เมื่อ ",
            "20");

    private static final List<String> SEPARATORS = List.of(
            "original message",
            "ursprüngliche nachricht",
            "originalnachricht",
            "message d'origine",
            "message original",
            "mensaje original",
            "messaggio originale",
            "mensagem original",
            "oorspronkelijk bericht",
            "ursprungligt meddelande",
            "oprindelig meddelelse",
            "opprinnelig melding",
            "alkuperäinen viesti",
            "wiadomość oryginalna",
            "oryginalna wiadomość",
            "původní zpráva",
            "pôvodná správa",
            "eredeti üzenet",
            "mesaj original",
            "исходное сообщение",
            "оригинальное сообщение",
            "вихідне повідомлення",
            "оригинално съобщение",
            "αρχικό μήνυμα",
            "orijinal mesaj",
            "özgün ileti",
            "الرسالة الأصلية",
            "הודעה מקורית",
            "پیام اصلی",
            "ข้อความต้นฉบับ",
            "thư gốc",
            "pesan asli",
            "元のメッセージ",
            "原始邮件",
            "原始郵件",
            "원본 메시지",
            "original-nachricht",
            "reply message");

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

    private static final Set<String> FROM = Set.of(
            "from",
            "von",
            "de",
            "da",
            "van",
            "från",
            "fra",
            "lähettäjä",
            "od",
            "feladó",
            "от",
            "від",
            "από",
            "kimden",
            "gönderen",
            "من",
            "מאת",
            "از",
            "จาก",
            "từ",
            "dari",
            "差出人",
            "发件人",
            "寄件者",
            "寄件人",
            "보낸 사람",
            "kimdən");
    private static final Set<String> SUBJECT = Set.of(
            "subject",
            "betreff",
            "objet",
            "asunto",
            "oggetto",
            "assunto",
            "onderwerp",
            "ämne",
            "emne",
            "aihe",
            "temat",
            "předmět",
            "predmet",
            "tárgy",
            "subiect",
            "тема",
            "θέμα",
            "konu",
            "الموضوع",
            "נושא",
            "موضوع",
            "เรื่อง",
            "chủ đề",
            "subjek",
            "件名",
            "主题",
            "主旨",
            "제목",
            "mövzu");

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

    /**
     * Where the line that introduces a quote and ends at {@code end} starts; -1 when {@code end} is no such line.
     *
     * @param stop the first line not looked at
     */
    static int attribution(List<String> lines, int end, int stop) {
        String last = lines.get(end).strip();
        if (last.length() > LONGEST_LINE || !(last.endsWith(":") || last.endsWith("："))) {
            return -1;
        }
        int start = end;
        for (int i = end - 1; i >= Math.max(0, end - 2); i--) {
            String line = lines.get(i).strip().toLowerCase(Locale.ROOT);
            if (line.isEmpty() || line.startsWith(">") || line.length() > LONGEST_LINE) {
                break;
            }
            if (startsLikeOne(line) && !startsLikeOne(last.toLowerCase(Locale.ROOT))) {
                start = i;
                break;
            }
        }
        String joined = String.join(" ", lines.subList(start, end + 1)).strip().toLowerCase(Locale.ROOT);
        boolean names = joined.indexOf('@') > 0;
        boolean dated = joined.chars().anyMatch(Character::isDigit);
        boolean wrote = WROTE.stream().anyMatch(joined::contains);
        if (wrote && dated && (names || startsLikeOne(joined) || quoteFollows(lines, end, stop))) {
            return start;
        }
        return (wrote || (names && dated)) && quoteFollows(lines, end, stop) ? start : -1;
    }

    private static boolean startsLikeOne(String lower) {
        return STARTS.stream().anyMatch(lower::startsWith);
    }

    private static boolean quoteFollows(List<String> lines, int after, int stop) {
        for (int i = after + 1; i < stop; i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.equals(HtmlText.QUOTE_MARK)) {
                return line.startsWith(">");
            }
        }
        return false;
    }

    /** A line such as {@code -----Original Message-----}. */
    static boolean separates(String line) {
        if (line.length() > 120 || !(line.startsWith("--") || line.startsWith("__") || line.startsWith("=="))) {
            return false;
        }
        String lower = line.toLowerCase(Locale.ROOT);
        return SEPARATORS.stream().anyMatch(lower::contains);
    }

    /** A line above a mail that was passed on: what follows is the very thing that the writer wants to show. */
    static boolean forwards(String line) {
        String lower = line.length() > 120 ? "" : line.toLowerCase(Locale.ROOT);
        return (lower.startsWith("--") || lower.endsWith(":"))
                && FORWARDED.stream().anyMatch(lower::contains);
    }

    /** A block of From, Sent, To and Subject, as Outlook puts it above a quote. */
    static boolean headerBlock(List<String> lines, int at, int stop) {
        if (!FROM.contains(label(lines.get(at)))) {
            return false;
        }
        int fields = 1;
        boolean subject = false;
        int seen = 0;
        for (int i = at + 1; i < stop && seen < 8; i++) {
            String label = label(lines.get(i));
            if (!lines.get(i).isBlank()) {
                seen++;
                fields += label.isEmpty() ? 0 : 1;
                subject |= SUBJECT.contains(label);
            }
        }
        return subject && fields >= 3;
    }

    /** The word before a line's first colon, in lower case, without bold marks; empty for no such line. */
    private static String label(String line) {
        String bare = line.strip().replace("*", "");
        int colon = bare.indexOf(':');
        int wide = bare.indexOf('：');
        int end = colon < 0 ? wide : wide < 0 ? colon : Math.min(colon, wide);
        return end < 1 || end > 30 ? "" : bare.substring(0, end).strip().toLowerCase(Locale.ROOT);
    }

    /** The line that starts a signature (RFC 3676 §4.3). */
    static boolean signature(String line) {
        return line.equals("-- ") || line.equals("--");
    }

    /** Whether a subject says that the mail was passed on. */
    static boolean isForward(String subject) {
        String prefix = prefix(subject);
        return FORWARD.contains(prefix);
    }

    /** Whether a subject says that the mail is an answer. */
    static boolean isReply(String subject) {
        return REPLY.contains(prefix(subject));
    }

    private static String prefix(String subject) {
        return label(subject).replaceAll("[\\[(]\\d{1,3}[\\])]$", "").strip();
    }
}
