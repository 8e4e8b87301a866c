// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import java.io.IOException;
import java.time.ZonedDateTime;
import java.time.chrono.ThaiBuddhistChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DecimalStyle;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Replies as mail programs compose them, each in all the languages that the program has. */
final class ProgramReplies {
    static final ZonedDateTime SENT = ZonedDateTime.parse("2026-11-16T10:05:30+01:00");
    static final String QUESTION = "Hello Ana,\n\ndo you want a refund for order 4711?\n\nKind regards\nExample Shop";
    private static final String NAME = "Example Shop";
    private static final String ADDRESS = "support@shop.example";
    private static final String FULL = NAME + " <" + ADDRESS + ">";
    private static final String THEM = "Ana Lovelace <ana@customer.example>";
    private static final String RFC = "Mon, 16 Nov 2026 10:05:30 +0100";

    /** What customers answer: with dates, names, addresses, lists and colons of their own. */
    private static final List<String> ANSWERS = List.of(
            "Yes please.",
            "Hi,\n\nno, I want the boots: size 42.\n\nAna",
            "My order from 16 Nov 2026 10:00 never came.\nPlease call 0170 555.",
            "Dear Example Shop,\n\n1. refund: yes\n2. address: Main St 1\n3. date: 3.12.2026\n\nGreetings",
            "Write to ana@customer.example or support@shop.example:\nboth work for me",
            "OK 👍");

    private final List<Reply> replies = new ArrayList<>();

    /** One reply: what is the customer's, and the whole body. */
    record Reply(String program, String language, String answer, String body, boolean html) {}

    static List<Reply> of(Catalogues catalogues) throws IOException {
        ProgramReplies all = new ProgramReplies();
        catalogues.thunderbird().forEach(all::thunderbird);
        catalogues.roundcube().forEach(all::roundcube);
        catalogues.gettext("evolution").forEach(all::evolution);
        catalogues.gettext("libtemplateparser").forEach(all::kmail);
        catalogues.gettext("claws-mail").forEach(all::claws);
        catalogues.gettext("imp").forEach(all::imp);
        catalogues.sogo().forEach(all::sogo);
        catalogues.gettext("geary").forEach(all::geary);
        catalogues.gettext("mutt").forEach(all::mutt);
        all.quoted("s-nail", "en", FULL + " wrote:\n\n", " |");
        all.quoted("s-nail", "en", FULL + " wrote:\n\n", "> ");
        all.quoted("alpine", "en", "On Mon, 16 Nov 2026, Example Shop wrote:\n\n", "> ");
        all.quoted("balsa", "en", "On 11/16/26 10:05:30, Example Shop wrote:\n", "> ");
        all.quoted("sylpheed", "en", "On " + RFC + "\n" + FULL + " wrote:\n\n", "> ");
        return all.replies;
    }

    private void thunderbird(String language, Map<String, String> words) {
        Locale locale = Locale.forLanguageTag(language);
        String date = date(locale, FormatStyle.SHORT);
        for (String key : List.of("ondateauthorwrote", "authorwroteondate", "authorwrotesingle")) {
            String line = words.getOrDefault("mailnews.reply_header_" + key, "")
                    .replace("#1", NAME)
                    .replace("#2", date)
                    .replace("#3", time(locale));
            if (!line.isEmpty()) {
                quoted("thunderbird " + key, language, line + "\n", "> ");
                html("thunderbird html " + key, language, "<div class=\"moz-cite-prefix\">" + line + "<br></div>");
            }
        }
        String original = words.getOrDefault("mailnews.reply_header_originalmessage", "");
        List<String> keys = List.of("1000", "1007", "1009", "1012");
        if (!original.isEmpty() && words.keySet().containsAll(keys)) {
            List<String> labels = keys.stream().map(words::get).toList();
            String fields = fields(labels, ": ", List.of("Order 4711", RFC, FULL, THEM));
            unquoted("thunderbird original", language, original + "\n" + fields + "\n");
            quoted("thunderbird original, quoted", language, original + "\n" + fields + "\n", "> ");
        }
    }

    private void roundcube(String language, Map<String, String> words) {
        String line = words.getOrDefault("mailreplyintro", "")
                .replace("$date", "2026-11-16 10:05")
                .replace("$sender", NAME);
        if (!line.isEmpty()) {
            quoted("roundcube", language, wrapped(line, 72) + "\n", "> ");
            html("roundcube html", language, "<p id=\"reply-intro\">" + line + "</p>");
        }
        if (words.keySet().containsAll(List.of("originalmessage", "subject", "date", "from", "to"))) {
            String title = "-------- " + words.get("originalmessage") + " --------\n";
            List<String> labels = List.of(words.get("subject"), words.get("date"), words.get("from"), words.get("to"));
            String fields = fields(labels, ": ", List.of("Order 4711", "2026-11-16 10:05", FULL, THEM));
            unquoted("roundcube no quote", language, title + fields + "\n");
        }
    }

    private void evolution(String language, Map<String, String> words) {
        Locale locale = Locale.forLanguageTag(language.replaceAll("[@.].*", "").replace('_', '-'));
        String line = words.getOrDefault(
                        "On ${AbbrevWeekdayName}, ${Year}-${Month}-${Day} at ${24Hour}:${Minute} ${TimeZone}, ${Sender} wrote:",
                        "")
                .replace("${AbbrevWeekdayName}", SENT.getDayOfWeek().getDisplayName(TextStyle.SHORT, locale))
                .replace("${WeekdayName}", SENT.getDayOfWeek().getDisplayName(TextStyle.FULL, locale))
                .replace("${AbbrevMonthName}", SENT.getMonth().getDisplayName(TextStyle.SHORT, locale))
                .replace("${MonthName}", SENT.getMonth().getDisplayName(TextStyle.FULL, locale))
                .replace("${Year}", "2026")
                .replace("${Month}", "11")
                .replace("${Day}", "16")
                .replace("${ Day}", "16")
                .replace("${24Hour}", "10")
                .replace("${12Hour}", "10")
                .replace("${AmPm}", "am")
                .replace("${Minute}", "05")
                .replace("${TimeZone}", "+0100")
                .replace("${Sender}", NAME);
        if (!line.isEmpty()) {
            quoted("evolution", language, wrapped(line, 71) + "\n", "> ");
            html("evolution html", language, "<div>" + line + "</div>");
        }
        String title = words.getOrDefault("-----Original Message-----", "");
        if (!title.isEmpty()) {
            List<String> labels = List.of("From", "To", "Subject", "Date").stream()
                    .map(label -> words.getOrDefault(label, label))
                    .toList();
            String fields = fields(labels, ": ", List.of(FULL, THEM, "Re: Order 4711", RFC));
            unquoted("evolution outlook", language, title + "\n" + fields + "\n");
        }
    }

    private void kmail(String language, Map<String, String> words) {
        Locale locale = Locale.forLanguageTag(language.replaceAll("@.*", "").replace('_', '-'));
        words.forEach((id, text) -> {
            boolean all = id.contains("\u0004On %1 %2 %3 wrote:");
            if (all || id.contains("\u0004On %1 %2 you wrote:")) {
                String line = text.replace("%1", date(locale, FormatStyle.LONG)).replace("%2", time(locale) + ":30");
                line = all
                        ? line.replace("%3", NAME).replace("%4", "").replace("%5", "")
                        : line.replace("%3", "").replace("%4", "");
                quoted(all ? "kmail" : "kmail you wrote", language, line.strip() + "\n", "> ");
            }
        });
    }

    private void claws(String language, Map<String, String> words) {
        String text = words.getOrDefault("On %d\\n%f wrote:\\n\\n%q", "");
        if (!text.isEmpty()) {
            String line = text.replace("\\n", "\n")
                    .replace("%q", "")
                    .replace("%X", "")
                    .replace("%d", RFC)
                    .replace("%f", FULL)
                    .replace("%N", NAME)
                    .replace("%n", NAME)
                    .replace("%D{%F}", "2026-11-16")
                    .replace("%D{%T}", "10:05:30")
                    .replaceAll("%D\\{[^}]*\\}", "16.11.2026 10:05");
            quoted("claws", language, line, "> ");
        }
    }

    private void imp(String language, Map<String, String> words) {
        String text = words.getOrDefault("Quoting %f:", "");
        if (!text.isEmpty()) {
            quoted("imp", language, text.replace("%f", FULL) + "\n\n", "> ");
        }
    }

    private void sogo(String language, String template) {
        for (boolean outlook : List.of(true, false)) {
            String no = outlook ? "standardMode" : "outlookMode";
            String text = template.replaceAll("(?s)<#" + no + "\\s*>.*?</#" + no + "\\s*>", "")
                    .replaceAll("(?s)<#(has(?!Nothing)\\w+|replyPlacement\\w+|signature\\w+)\\s*>.*?</#\\1\\s*>", "")
                    .replaceAll("(?s)<#messageBody.*", "")
                    .replaceAll("<#newLine\\s*/>", "\n")
                    .replaceAll("<#subject\\s*/>", "Order 4711")
                    .replaceAll("<#date\\s*/>", "Monday, November 16, 2026 10:05 CET")
                    .replaceAll("<#from\\s*/>", FULL)
                    .replaceAll("<#to\\s*/>", THEM)
                    .replaceAll("<[^>]*#[^>]*>", "")
                    .strip();
            if (outlook) {
                unquoted("sogo outlook", language, text + "\n\n");
            } else {
                quoted("sogo", language, text + "\n\n", "> ");
            }
        }
    }

    private void geary(String language, Map<String, String> words) {
        Locale locale = Locale.forLanguageTag(language.replaceAll("@.*", "").replace('_', '-'));
        String text = words.getOrDefault("On %1$s, %2$s wrote:", "");
        if (!text.isEmpty()) {
            String line = text.replace("%1$s", date(locale, FormatStyle.MEDIUM) + ", " + time(locale))
                    .replace("%2$s", FULL);
            quoted("geary", language, line + "\n\n", "> ");
            html("geary html", language, line.replace("<", "&lt;").replace(">", "&gt;") + "<br>");
        }
    }

    private void mutt(String language, Map<String, String> words) {
        String text = words.getOrDefault("On %d, %n wrote:", "");
        if (!text.isEmpty()) {
            String line =
                    text.replace("%d", "Mon, Nov 16, 2026 at 10:05:30AM +0100").replace("%n", NAME);
            quoted("mutt", language, line + "\n", "> ");
        }
    }

    private void quoted(String program, String language, String introduction, String mark) {
        String quote = QUESTION.lines()
                .map(line -> line.isEmpty() ? mark.strip() : mark + line)
                .reduce("", (all, line) -> all + line + "\n");
        String answer = answer();
        replies.add(new Reply(program, language, answer, answer + "\n\n" + introduction + quote, false));
        String below = answer();
        replies.add(new Reply(program, language, below, introduction + quote + "\n" + below + "\n", false));
    }

    private void unquoted(String program, String language, String introduction) {
        String answer = answer();
        replies.add(new Reply(program, language, answer, answer + "\n\n" + introduction + QUESTION + "\n", false));
    }

    private void html(String program, String language, String introduction) {
        String quote = "<blockquote type=\"cite\"><p>" + QUESTION.replace("\n", "<br>") + "</p></blockquote>";
        String answer = answer();
        String shown = "<div>" + answer.replace("\n", "<br>") + "</div><br>";
        replies.add(new Reply(program, language, answer, shown + introduction + quote, true));
        String below = answer();
        replies.add(new Reply(
                program,
                language,
                below,
                introduction + quote + "<div>" + below.replace("\n", "<br>") + "</div>",
                true));
    }

    private String answer() {
        return ANSWERS.get(replies.size() % ANSWERS.size());
    }

    private static String fields(List<String> labels, String colon, List<String> values) {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < labels.size(); i++) {
            fields.append(labels.get(i).replaceAll("[:：]\\s*$", ""))
                    .append(colon)
                    .append(values.get(i))
                    .append('\n');
        }
        return fields.toString();
    }

    static String date(Locale locale, FormatStyle style) {
        DateTimeFormatter format =
                DateTimeFormatter.ofLocalizedDate(style).withLocale(locale).withDecimalStyle(DecimalStyle.of(locale));
        return locale.getLanguage().equals("th")
                ? format.withChronology(ThaiBuddhistChronology.INSTANCE).format(SENT)
                : format.format(SENT);
    }

    static String time(Locale locale) {
        return DateTimeFormatter.ofPattern("HH:mm", locale)
                .withDecimalStyle(DecimalStyle.of(locale))
                .format(SENT);
    }

    private static String wrapped(String line, int column) {
        int at = line.length() <= column ? -1 : line.lastIndexOf(' ', column);
        return at < 0 ? line : line.substring(0, at) + "\n" + line.substring(at + 1);
    }
}
