// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import io.dragoman.connector.Account;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Signature;
import io.dragoman.connector.mail.MailAddress;
import io.dragoman.connector.mail.OwnIds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of each conversation, by which a mail of the helpdesk finds it: a token with 80 bits of a hash that only
 * who has {@code tokenSecret} can make, compared in constant time. Immutable.
 */
final class ConversationAddress {
    private static final String PLACE = "{token}";

    /** RFC 5321 §4.5.3.1.1. */
    private static final int LONGEST_LOCAL_PART = 64;

    private final String before;
    private final String after;
    private final List<OwnIds> ids;

    ConversationAddress(Account account) {
        String address = account.get(EmailDeskSettings.ADDRESS);
        String pattern = account.find(EmailDeskSettings.REPLY_ADDRESS)
                .orElse("c-" + PLACE + address.substring(address.lastIndexOf('@')));
        int place = pattern.indexOf(PLACE);
        this.before = pattern.substring(0, place);
        this.after = pattern.substring(place + PLACE.length());
        this.ids = EmailDeskSettings.secrets(account.get(EmailDeskSettings.TOKEN_SECRET)).stream()
                .map(ConversationAddress::ids)
                .toList();
    }

    private static OwnIds ids(Secret secret) {
        return new OwnIds(purpose ->
                Signature.hmac("HmacSHA256", secret.bytes(), ("desk-" + purpose).getBytes(StandardCharsets.UTF_8)));
    }

    /** Why addresses cannot be made so, as the end of a sentence; empty when they can. */
    static Optional<String> problem(String pattern) {
        String example = pattern.replace(PLACE, "a".repeat(OwnIds.TOKEN_LETTERS));
        int place = pattern.indexOf(PLACE);
        if (place < 0 || place != pattern.lastIndexOf(PLACE) || place > pattern.lastIndexOf('@')) {
            return Optional.of("must have " + PLACE + " once, before its @, such as c-" + PLACE + "@reply.example.com");
        }
        if (example.lastIndexOf('@') > LONGEST_LOCAL_PART) {
            return Optional.of("has too much before its @: a token has " + OwnIds.TOKEN_LETTERS
                    + " letters, and there is room for " + LONGEST_LOCAL_PART + " with it");
        }
        return MailAddress.valid(example)
                ? Optional.empty()
                : Optional.of("must be a plain mail address with " + PLACE + " in it");
    }

    /** The address of a conversation; empty for what is no id of ours. */
    Optional<String> of(String conversation) {
        return ids.get(0).token(conversation).map(token -> before + token + after);
    }

    /** Whether an address has the form of a conversation's, proved or not. */
    boolean hasForm(MailAddress address) {
        String lower = address.address().toLowerCase(Locale.ROOT);
        return lower.length() > before.length() + after.length()
                && lower.startsWith(before.toLowerCase(Locale.ROOT))
                && lower.endsWith(after.toLowerCase(Locale.ROOT));
    }

    /** The conversation that an address names; empty for another address, and for a token that is not ours. */
    Optional<String> conversation(MailAddress address) {
        if (!hasForm(address)) {
            return Optional.empty();
        }
        String lower = address.address().toLowerCase(Locale.ROOT);
        String token = lower.substring(before.length(), lower.length() - after.length());
        return ids.stream().flatMap(one -> one.conversationOf(token).stream()).findFirst();
    }
}
