// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Identity;
import io.dragoman.model.Part;
import io.dragoman.model.Status;
import io.dragoman.model.Structured;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a page's or a professional account's conversations bring into events: the lists {@code messaging} and
 * {@code standby} of the Messenger Platform, which Instagram shares:
 * https://developers.facebook.com/docs/messenger-platform/reference/webhook-events.
 *
 * @param kind of the channel, which is the type of its identities
 * @param appId the app whose echoes are our own; null where nobody said
 */
public record MessagingReader(
        MetaPayload payload, String kind, @Nullable String appId) {
    /** The lists of an entry that this reads. */
    public static final List<String> LISTS = List.of("messaging", "standby");
    /** What begins the {@code metadata} of each message that we send, which its echo repeats. */
    static final String MARK = "dragoman:";

    /** The id of no account, in the test of the app's dashboard. */
    private static final String TEST = "0";

    private static final String STANDBY = "another app of the business answers this customer";

    /** Whether an entry tells of conversations of a page or account; the dashboard's test is of none. */
    public static boolean hasConversations(JsonFields entry) {
        return LISTS.stream().anyMatch(entry::has) && !isTest(entry);
    }

    /** Whether an entry is the test of the app's dashboard. */
    public static boolean isTest(JsonFields entry) {
        return TEST.equals(entry.word("id"));
    }

    /** Reads what concerns the page or account {@code own}. */
    public void read(String own) {
        for (JsonFields entry : payload.entries()) {
            String id = entry.word("id");
            if (id == null || (!MetaPayload.hasChanges(entry) && LISTS.stream().noneMatch(entry::has))) {
                payload.unidentified();
            } else if (id.equals(TEST)) {
                payload.ignored("test", "it is the test of the app's dashboard");
            } else if (id.equals(own)) { // else the account with that id reads it
                LISTS.forEach(list -> read(own, entry, list));
            }
        }
    }

    private void read(String own, JsonFields entry, String list) {
        if (entry.has(list) && entry.each(list).isEmpty()) {
            payload.unidentified();
        }
        entry.each(list).forEach(element -> read(own, element, list.equals("standby")));
    }

    private void read(String own, JsonFields element, boolean standby) {
        String sender = element.inner("sender").word("id");
        String recipient = element.inner("recipient").word("id");
        JsonFields message = element.inner("message");
        boolean ours = message.flag("is_echo") || own.equals(sender);
        String customer = ours ? recipient : sender;
        if (message.flag("is_self") || (ours && own.equals(recipient))) {
            payload.ignored("message.self", "the account wrote to itself");
        } else if (MessagingNotices.isNotice(element)) {
            MessagingNotices.tell(payload, element);
        } else if (customer == null) {
            payload.unidentified();
        } else if (element.has("message")) {
            message(element, message, person(customer, element), ours, standby);
        } else {
            event(element, person(customer, element), ours, standby ? STANDBY : null);
        }
    }

    private CustomerEvent.Sender person(String id, JsonFields element) {
        return new CustomerEvent.Sender(
                id,
                List.of(new Identity(kind, id, true)),
                element.inner("sender").word("name"),
                null);
    }

    private void message(
            JsonFields element, JsonFields message, CustomerEvent.Sender customer, boolean ours, boolean standby) {
        String mid = message.word("mid");
        Instant at = payload.at(element);
        if (mid == null) {
            payload.unidentified();
        } else if (message.flag("is_deleted")) {
            payload.add(new CustomerEvent.MessageDeleted(mid + "|deleted", customer.address(), at, mid));
        } else if (!ours) {
            received(mid, at, customer, MessagingParts.of(message), replyTo(message), standby ? STANDBY : null);
        } else if (isOwn(message)) {
            payload.ignored("echo.own", "it is a message that this gateway or its app sent");
        } else {
            payload.add(new CustomerEvent.MessageEchoed(
                    mid, at, customer, mid, MessagingParts.of(message), Threading.NONE, replyTo(message)));
        }
    }

    /** Written by us, as its mark says, or by the same app. */
    private boolean isOwn(JsonFields echo) {
        String metadata = echo.word("metadata");
        return (metadata != null && metadata.startsWith(MARK)) || (appId != null && appId.equals(echo.word("app_id")));
    }

    private static @Nullable String replyTo(JsonFields message) {
        return message.inner("reply_to").word("mid");
    }

    private void event(JsonFields element, CustomerEvent.Sender customer, boolean ours, @Nullable String automatic) {
        Instant at = payload.at(element);
        if (element.has("postback")) {
            postback(element.inner("postback"), at, customer, automatic);
        } else if (element.has("referral")) {
            part("referral", at, customer, MessagingParts.referral(element.inner("referral")), automatic);
        } else if (element.has("optin")) {
            optin(element.inner("optin"), at, customer, automatic);
        } else if (element.has("reaction")) {
            reaction(element.inner("reaction"), at, customer.address(), ours);
        } else if (element.has("message_edit")) {
            edit(element.inner("message_edit"), at, customer.address());
        } else if (element.has("delivery")) {
            receipts(element.inner("delivery"), at, customer, Status.DELIVERED);
        } else if (element.has("read")) {
            receipts(element.inner("read"), at, customer, Status.READ);
        } else {
            MessagingNotices.unknown(payload, element);
        }
    }

    /** A tap on a button; only newer ones have an id of their own. */
    private void postback(JsonFields postback, Instant at, CustomerEvent.Sender customer, @Nullable String automatic) {
        String mid = postback.word("mid");
        String id = mid == null ? stamped("postback", customer, at) : mid;
        received(id, at, customer, MessagingParts.postback(postback), null, automatic);
    }

    /** Of notifications it is shown at the desk too, and the token is an identity of the customer. */
    private void optin(JsonFields optin, Instant at, CustomerEvent.Sender customer, @Nullable String automatic) {
        Part part = new Structured("optin", MessagingParts.optin(optin), optin.node());
        String why = automatic == null && NotificationTokens.isAbout(optin) ? NotificationTokens.NO_MESSAGE : automatic;
        Identity token = NotificationTokens.of(optin).orElse(null);
        if (token == null) {
            part("optin", at, customer, part, why);
            return;
        }
        part("optin", at, NotificationTokens.holder(customer, token), part, why);
        String key = stamped("optin", customer, at) + "|consent";
        payload.add(NotificationTokens.consent(key, customer, at, token, optin));
    }

    /** What has no id at Meta is known by its time. */
    private void part(String what, Instant at, CustomerEvent.Sender customer, Part part, @Nullable String automatic) {
        received(stamped(what, customer, at), at, customer, List.of(part), null, automatic);
    }

    private static String stamped(String what, CustomerEvent.Sender customer, Instant at) {
        return what + "|" + customer.address() + "|" + at.toEpochMilli();
    }

    private void received(
            String id,
            Instant at,
            CustomerEvent.Sender customer,
            List<Part> parts,
            @Nullable String replyTo,
            @Nullable String automatic) {
        payload.add(new CustomerEvent.MessageReceived(
                id, at, customer, id, parts, replyTo, Threading.NONE, automatic, null, null));
    }

    private void reaction(JsonFields reaction, Instant at, String lane, boolean ours) {
        String mid = reaction.word("mid");
        if (ours) {
            payload.ignored("echo.reaction", "the business reacted by itself");
        } else if (mid == null) {
            payload.unidentified();
        } else {
            String action = reaction.word("action");
            boolean back = "unreact".equals(action);
            String key = mid + "|reaction|" + lane + "|" + at.toEpochMilli() + (back ? "|back" : "");
            payload.add(new CustomerEvent.Reaction(key, lane, at, mid, back ? "" : emoji(reaction)));
        }
    }

    private static String emoji(JsonFields reaction) {
        String emoji = reaction.word("emoji");
        String word = reaction.word("reaction");
        Map<String, String> known = Map.of(
                "smile", "😆", "angry", "😡", "sad", "😢", "wow", "😮", "love", "❤️", "like", "👍", "dislike", "👎");
        return emoji != null ? emoji : word == null ? "❤️" : known.getOrDefault(word, word);
    }

    private void edit(JsonFields edit, Instant at, String lane) {
        String mid = edit.word("mid");
        String text = edit.word("text");
        if (mid == null) {
            payload.unidentified();
        } else if (text == null) {
            payload.ignored("message_edit.empty", "Meta does not say what the message says now");
        } else {
            String key = mid + "|edit|" + edit.node().path("num_edit").asText("") + "|" + at.toEpochMilli();
            payload.add(new CustomerEvent.MessageEdited(key, lane, at, mid, List.of(new Part.Text(text))));
        }
    }

    /** By the ids of messages where Meta gives them, else for all until a time. */
    private void receipts(JsonFields news, Instant at, CustomerEvent.Sender customer, Status status) {
        String word = status == Status.READ ? "read" : "delivered";
        List<String> ids = MessagingParts.ids(news);
        ids.forEach(id -> payload.add(
                new CustomerEvent.Receipt(id + "|" + word, customer.address(), at, id, status, null, null)));
        if (ids.isEmpty() && news.word("watermark") == null) {
            payload.unidentified();
        } else if (ids.isEmpty()) {
            Instant until = news.time("watermark", at);
            payload.add(new CustomerEvent.ReceivedUntil(
                    word + "|" + customer.address() + "|" + until.toEpochMilli(),
                    customer.address(),
                    at,
                    customer.identities(),
                    status,
                    until));
        }
    }
}
