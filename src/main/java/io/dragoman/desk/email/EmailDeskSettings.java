// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import io.dragoman.connector.Account;
import io.dragoman.connector.OnUncertain;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.mail.EmailSettings;
import io.dragoman.connector.mail.HeaderText;
import io.dragoman.connector.mail.MailAddress;
import io.dragoman.connector.mail.SendMethod;
import io.dragoman.model.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What can be configured for a helpdesk that takes mail. */
final class EmailDeskSettings {
    static final Setting<String> ADDRESS = Setting.text(
                    EmailSettings.ADDRESS.name(),
                    "The address of the mailbox that the helpdesk's mails come to, such as desk@reply.example.com.")
            .need();
    static final Setting<String> DESK_ADDRESS = Setting.text(
                    "deskAddress", "The address where the helpdesk takes mail, such as support@desk.example.com.")
            .need();
    static final Setting<String> REPLY_ADDRESS = Setting.text(
            "replyAddress",
            "The address of a conversation, with {token} where its token goes; all of them must come to the mailbox "
                    + "(default: c-{token}@ and the domain of address; desk+{token}@example.com where there is no domain "
                    + "for it).");
    static final Setting<From> FROM = Setting.choice(
                    "from",
                    "Whom the mails come from: conversation (each conversation's own address) or fixed (always address, "
                            + "with the conversation's in Reply-To, for a helpdesk that answers there).",
                    From.class)
            .or("conversation");
    static final Setting<Secret> TOKEN_SECRET = Setting.secret(
                    "tokenSecret",
                    "The key of the tokens in conversations' addresses, so that nobody writes to a conversation by "
                            + "guessing: at least 16 characters, such as of openssl rand -base64 32. While it changes, the "
                            + "new one and the old one with a space between.")
            .need()
            .several();
    static final Setting<HelpdeskProduct> PRODUCT = Setting.choice(
                    "product",
                    "Which helpdesk it is, so that its notifications are told from agents' answers: docs/desks-by-mail.md.",
                    HelpdeskProduct.class)
            .or("other");
    static final Setting<String> SENDERS = Setting.text(
            "senders",
            "From where agents' mails come, addresses or domains such as @example.com, separated by commas (default: the "
                    + "domain of deskAddress); what others write to a conversation's address is refused.");
    static final Setting<String> SEPARATORS = Setting.text(
            "separators",
            "Lines of the helpdesk's own mails above which one is to reply, beside those that are known, with | between; "
                    + "what stands below such a line does not go to the customer.");
    static final Setting<String> IGNORE_SUBJECTS = Setting.text(
            "ignoreSubjects",
            "How the subjects of mails begin that are no answers, such as Resolved: or How did we do, with | between.");
    static final Setting<Boolean> SIGNATURES = Setting.flag(
                    "signatures", "Whether an agent's signature, below a line of two dashes, goes to the customer.")
            .or("false");
    static final Setting<Integer> LARGEST_FILES = Setting.integer(
                    "largestFiles",
                    "How many MB of files one mail to the helpdesk carries; what is beyond is a link that expires.",
                    0,
                    50)
            .or("15");
    static final Setting<Integer> MAILS_PER_MINUTE = Setting.integer(
                    "mailsPerMinute",
                    "How many mails of the helpdesk one conversation takes in a minute; more look like a loop of two "
                            + "machines and are dead until it is higher.",
                    1,
                    1_000)
            .or("10");
    private static final Setting<OnUncertain> ON_UNCERTAIN = Setting.choice(
                    OnUncertain.SETTING.name(),
                    "What to do with a mail when it is unknown whether the helpdesk has it: repeat (it is there, perhaps "
                            + "twice, with the same Message-ID) or hold (at most once; a person decides).",
                    OnUncertain.class)
            .or("repeat");

    private static final int SHORTEST_SECRET = 16;

    private EmailDeskSettings() {}

    /** Whom the mails come from. */
    enum From {
        CONVERSATION,
        FIXED
    }

    static List<Setting<?>> all() {
        List<Setting<?>> all = new ArrayList<>(List.of(
                ADDRESS,
                DESK_ADDRESS,
                REPLY_ADDRESS,
                FROM,
                TOKEN_SECRET,
                PRODUCT,
                SENDERS,
                SEPARATORS,
                IGNORE_SUBJECTS,
                SIGNATURES,
                LARGEST_FILES,
                MAILS_PER_MINUTE,
                EmailSettings.START,
                EmailSettings.LARGEST,
                EmailSettings.INTERVAL,
                EmailSettings.SENDING,
                EmailSettings.SENDING_URL,
                ON_UNCERTAIN));
        all.addAll(EmailSettings.servers());
        all.remove(EmailSettings.IMAP_SENT);
        return List.copyOf(all);
    }

    static List<String> problems(Account account) {
        List<String> problems = new ArrayList<>(EmailSettings.problems(account));
        account.find(DESK_ADDRESS)
                .filter(address -> !MailAddress.valid(address))
                .ifPresent(address ->
                        problems.add("deskAddress must be a plain mail address such as support@desk.example.com"));
        account.find(DESK_ADDRESS)
                .filter(address ->
                        address.equalsIgnoreCase(account.find(ADDRESS).orElse("")))
                .ifPresent(address -> problems.add("deskAddress is address itself: the helpdesk and the gateway would "
                        + "read the same mails; they need one each"));
        account.find(TOKEN_SECRET)
                .filter(secret ->
                        secrets(secret).stream().anyMatch(one -> one.value().length() < SHORTEST_SECRET))
                .ifPresent(secret -> problems.add("tokenSecret is shorter than " + SHORTEST_SECRET
                        + " characters. Make one with: openssl rand -base64 32"));
        account.find(REPLY_ADDRESS)
                .flatMap(ConversationAddress::problem)
                .ifPresent(problem -> problems.add("replyAddress " + problem));
        if (account.get(EmailSettings.SENDING) != SendMethod.SMTP && account.get(FROM) == From.CONVERSATION) {
            problems.add("sending " + Words.of(account.get(EmailSettings.SENDING))
                    + " writes as its own mailbox alone: write from: fixed, or send by smtp");
        }
        Stream.of(SENDERS, SEPARATORS, IGNORE_SUBJECTS)
                .filter(setting ->
                        account.find(setting).filter(HeaderText::breaks).isPresent())
                .forEach(setting -> problems.add(setting.name() + " must be one line"));
        return problems;
    }

    /** The secret, or all of them while it changes, the new one first. */
    static List<Secret> secrets(Secret secret) {
        return Arrays.stream(secret.value().strip().split("\\s+"))
                .map(Secret::new)
                .toList();
    }

    /** The values of a setting that takes several. */
    static List<String> values(Account account, Setting<String> setting, String between) {
        return account.find(setting).stream()
                .flatMap(text -> Arrays.stream(text.split(java.util.regex.Pattern.quote(between))))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
