// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.MailsUnread;
import io.dragoman.connector.Setting;
import io.dragoman.model.Part;
import io.dragoman.model.Structured;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mail of answers that a visitor has not read, to the address that they or the website gave. */
final class UnreadLetter {
    private static final Setting<String> BY = Setting.reference(
                    "unreadMail.by",
                    "The channel of kind email that mails visitors what they have not read, such as support-mail.",
                    Setting.Reference.MAIL_CHANNEL)
            .need();
    private static final Setting<Duration> AFTER = Setting.duration(
                    "unreadMail.after", "How long after an agent's answer, if the page has not shown it; at most 24h.")
            .or("10m");

    static final List<Setting<?>> SETTINGS = List.of(BY, AFTER);

    private static final Map<String, String> INTRODUCTIONS = Map.of(
            "en", "You had left the chat when we answered:",
            "de", "Sie waren nicht mehr im Chat, als wir geantwortet haben:",
            "ar", "كنت قد غادرت المحادثة عندما أجبنا:");

    private UnreadLetter() {}

    static List<String> problems(Account account) {
        return after(account).compareTo(MailsUnread.LONGEST) > 0
                ? List.of("unreadMail.after must be at most 24h")
                : List.of();
    }

    private static Duration after(Account account) {
        return account.find(AFTER).orElse(Duration.ZERO);
    }

    static Optional<MailsUnread.Plan> plan(Account account) {
        return account.find(BY).map(by -> new MailsUnread.Plan(by, after(account)));
    }

    /** What the website vouches for goes before what a visitor typed; the latest message counts. */
    static Optional<MailsUnread.Letter> of(Account account, List<Part> told) {
        return told.stream()
                .filter(part -> part instanceof Structured structured
                        && structured.what().equals(Visitor.FACTS))
                .map(part -> ((Structured) part).data())
                .filter(facts -> !address(facts).isEmpty())
                .findFirst()
                .map(facts ->
                        letter(account, address(facts), facts.path("language").asText("en")));
    }

    private static String address(JsonNode facts) {
        return facts.path("email").asText(facts.path("form").path("email").asText(""));
    }

    private static MailsUnread.Letter letter(Account account, String to, String language) {
        String title = account.get(WebChat.TITLE);
        String code = language.substring(0, Math.min(2, language.length()));
        return new MailsUnread.Letter(
                to, title, INTRODUCTIONS.getOrDefault(code, "You had left the chat when we answered:"), title);
    }
}
