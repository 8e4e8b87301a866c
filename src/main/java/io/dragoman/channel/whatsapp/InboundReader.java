// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import io.dragoman.channel.meta.MetaPayload;
import io.dragoman.connector.kit.ErrorCodes.Meaning;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the messages and statuses of one number into events; what is for another is ignored. */
final class InboundReader {
    private static final Map<String, Status> STATUSES = Map.of(
            "sent", Status.SENT,
            "delivered", Status.DELIVERED,
            "read", Status.READ,
            "played", Status.READ,
            "failed", Status.FAILED);

    static final Set<String> FIELDS = Set.of("messages", "standby", "smb_message_echoes", "user_preferences", "calls");

    private static final Set<String> ELEMENTS =
            Set.of("messages", "message_echoes", "statuses", "user_preferences", "calls", "errors");

    private final MetaPayload payload;
    private final InboundNews news;

    InboundReader(MetaPayload payload) {
        this.payload = payload;
        this.news = new InboundNews(payload);
    }

    /** The events of one number; none when the webhook brings only what does not concern it. */
    void read(String phoneNumberId) {
        for (JsonFields entry : payload.entries()) {
            if (!entry.node().path("changes").isArray()) {
                payload.unidentified();
            }
            entry.each("changes").forEach(change -> read(phoneNumberId, entry, change));
        }
    }

    private void read(String phoneNumberId, JsonFields entry, JsonFields change) {
        String field = change.word("field");
        String number = WhatsApp.number(change);
        if (field == null || (FIELDS.contains(field) && number == null)) {
            payload.unidentified();
        } else if (AccountNews.FIELDS.contains(field)) {
            new AccountNews(payload).read(entry, field, change);
        } else if (!FIELDS.contains(field)) {
            IgnoredNews.field(payload, field);
        } else if (phoneNumberId.equals(number)) { // else the account with that number reads it
            change(field, change.inner("value"));
        }
    }

    private void change(String field, JsonFields value) {
        String automatic = field.equals("standby") ? "another app of the business answers this customer" : null;
        each(value, "messages").forEach(message -> message(value, message, automatic));
        each(value, "message_echoes").forEach(echo -> echo(value, echo));
        each(value, "statuses").forEach(this::status);
        each(value, "user_preferences").forEach(preference -> news.preference(value, preference));
        each(value, "calls").forEach(call -> news.call(value, call));
        each(value, "errors").forEach(error -> IgnoredNews.error(payload, error));
        if (ELEMENTS.stream().noneMatch(value::has)) {
            payload.ignored("field." + field + ".nothing", "it has none of the lists that this version reads");
        }
    }

    private List<JsonFields> each(JsonFields value, String name) {
        if (value.has(name) && !value.node().path(name).isArray()) {
            payload.unidentified();
        }
        return value.each(name);
    }

    private void message(JsonFields value, JsonFields message, @Nullable String automatic) {
        String id = message.word("id");
        CustomerEvent.Sender sender = CustomerNames.sender(value, message);
        if (id == null || sender == null) {
            payload.unidentified();
            return;
        }
        if (CustomerNames.isChange(message) && sender.identities().size() > 1) {
            payload.add(new CustomerEvent.IdentitiesLinked(
                    id + "|linked", sender.address(), payload.at(message), sender.identities()));
        }
        String type = InboundParts.type(message);
        if (type.equals("request_welcome")) {
            IgnoredNews.welcome(payload, type);
            return;
        }
        JsonFields content = message.inner(type);
        String original = content.word("message_id");
        if (original != null && type.equals("reaction")) {
            String emoji = content.word("emoji");
            payload.add(new CustomerEvent.Reaction(
                    id, sender.address(), payload.at(message), original, emoji == null ? "" : emoji));
        } else {
            payload.add(
                    change(message, id, sender.address()).orElseGet(() -> received(message, id, sender, automatic)));
        }
    }

    private MessageReceived received(
            JsonFields message, String id, CustomerEvent.Sender sender, @Nullable String automatic) {
        String group = message.word("group_id");
        return new MessageReceived(
                id,
                payload.at(message),
                sender,
                id,
                InboundParts.of(message),
                message.inner("context").word("id"),
                group == null ? Threading.NONE : new Threading(group, null, List.of(), null),
                InboundParts.type(message).equals("system") ? InboundNews.NOT_THE_CUSTOMER : automatic,
                null,
                forwarded(message.inner("context")));
    }

    /** What the business typed on its own phone; a reaction of its own is said in an answer to what it is about. */
    private void echo(JsonFields value, JsonFields echo) {
        String id = echo.word("id");
        CustomerEvent.Sender customer = CustomerNames.receiver(value, echo);
        if (id == null || customer == null) {
            payload.unidentified();
            return;
        }
        String type = InboundParts.type(echo);
        boolean reaction = type.equals("reaction");
        JsonFields content = echo.inner(type);
        String emoji = content.word("emoji");
        if (reaction && emoji == null) {
            IgnoredNews.reactionTakenBack(payload);
        } else {
            List<Part> parts = emoji == null ? InboundParts.of(echo) : List.of(new Part.Text(emoji));
            String replyTo = reaction
                    ? content.word("message_id")
                    : echo.inner("context").word("id");
            payload.add(change(echo, id, customer.address())
                    .orElseGet(() -> new CustomerEvent.MessageEchoed(
                            id, payload.at(echo), customer, id, parts, Threading.NONE, replyTo)));
        }
    }

    /** What happened to an earlier message that this one names. */
    private Optional<CustomerEvent> change(JsonFields message, String id, String lane) {
        String type = InboundParts.type(message);
        JsonFields content = message.inner(type);
        String original = content.word("original_message_id");
        JsonFields edited = content.inner("message");
        Instant at = payload.at(message);
        if (original != null && type.equals("edit") && edited.node().isObject()) {
            return Optional.of(new CustomerEvent.MessageEdited(id, lane, at, original, InboundParts.of(edited)));
        }
        return original != null && type.equals("revoke")
                ? Optional.of(new CustomerEvent.MessageDeleted(id, lane, at, original))
                : Optional.empty();
    }

    /** WhatsApp does not tell from whom. */
    private static @Nullable String forwarded(JsonFields context) {
        boolean forwarded = context.node().path("forwarded").asBoolean()
                || context.node().path("frequently_forwarded").asBoolean();
        return forwarded ? "" : null;
    }

    private void status(JsonFields element) {
        String id = element.word("id");
        String word = element.word("status");
        Status status = STATUSES.get(word == null ? "" : word);
        if (id == null || word == null) {
            payload.unidentified();
        } else if (status == null) { // "deleted", of which there is nothing to tell
            IgnoredNews.status(payload, word);
        } else {
            payload.add(receipt(element, id, word, status));
            if (status == Status.DELIVERED) {
                CustomerNames.linked(element)
                        .ifPresent(sender -> payload.add(new CustomerEvent.IdentitiesLinked(
                                id + "|linked", sender.address(), payload.at(element), sender.identities())));
            }
        }
    }

    private CustomerEvent receipt(JsonFields element, String id, String word, Status status) {
        String recipient = CustomerNames.recipient(element);
        Reason reason = null;
        String detail = null;
        if (status == Status.FAILED) {
            int code = element.node().path("errors").path(0).path("code").asInt(-1);
            Optional<Meaning> meaning = ErrorTable.CODES.find(code);
            reason = code < 0 ? null : meaning.map(Meaning::reason).orElse(Reason.CONTENT_REFUSED);
            detail = code < 0
                    ? "WhatsApp gave no error code"
                    : "WhatsApp code " + code + ": "
                            + meaning.map(Meaning::text).orElse("an error that is not documented");
        }
        String lane = recipient == null ? id : recipient;
        return new CustomerEvent.Receipt(id + "|" + word, lane, payload.at(element), id, status, reason, detail);
    }
}
