// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.ConsentChanged;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tokens by which a customer who agreed to notifications is written to at any time, until they stop them:
 * https://developers.facebook.com/docs/messenger-platform/marketing-messages. The address of one is {@code notify:} and
 * the token.
 */
public final class NotificationTokens {
    /** Why what a customer says about notifications is no message: agreeing opens no reply window either. */
    static final String NO_MESSAGE = "the customer agreed to notifications or stopped them, and wrote nothing";

    /** Meta's word, for the type of an opt-in and for the template that asks for one. */
    static final String NOTIFICATIONS = "notification_messages";

    private static final String PREFIX = "notify:";
    private static final String TOKEN = "[A-Za-z0-9_-]{1,256}";

    private NotificationTokens() {}

    /** Whether an address is that of a token. */
    public static boolean isToken(String address) {
        return address.startsWith(PREFIX);
    }

    /**
     * Whoever agreed to notifications by a token.
     *
     * @param address {@code notify:} and the token
     */
    public static Sender recipient(String address) throws MalformedPayload {
        if (!isToken(address) || !token(address).matches(TOKEN)) {
            throw new MalformedPayload(
                    "must be notify: and the token of somebody who agreed to notifications: nobody else"
                            + " can be written to before they wrote");
        }
        return new Sender(address, List.of(identity(token(address))), null, null);
    }

    static String token(String address) {
        return address.substring(PREFIX.length());
    }

    static Identity identity(String token) {
        return new Identity(Identity.NOTIFICATION_TOKEN, token, true);
    }

    /** Whether an opt-in is about notifications; others are of buttons and boxes on web pages. */
    static boolean isAbout(JsonFields optin) {
        return NOTIFICATIONS.equals(optin.word("type"));
    }

    /** The token that an opt-in is about. */
    static Optional<Identity> of(JsonFields optin) {
        return isAbout(optin)
                ? Optional.ofNullable(optin.word("notification_messages_token"))
                        .filter(token -> token.matches(TOKEN))
                        .map(NotificationTokens::identity)
                : Optional.empty();
    }

    /** The customer, with a token of theirs. */
    static Sender holder(Sender customer, Identity token) {
        List<Identity> identities =
                Stream.concat(customer.identities().stream(), Stream.of(token)).toList();
        return new Sender(customer.address(), identities, customer.name(), customer.language());
    }

    /** Whether the token may be used from now on: an opt-in says of no status that they stopped or resume. */
    static ConsentChanged consent(String key, Sender customer, Instant at, Identity token, JsonFields optin) {
        String status = optin.word("notification_messages_status");
        boolean stopped = status != null && status.startsWith("STOP");
        Consent consent = stopped ? Consent.OPTED_OUT : Consent.OPTED_IN;
        return new ConsentChanged(key, customer.address(), at, List.of(token), consent);
    }
}
