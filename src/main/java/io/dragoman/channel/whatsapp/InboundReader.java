// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import io.dragoman.channel.meta.MetaPayload;
import io.dragoman.connector.kit.ErrorCodes.Meaning;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the messages and statuses of one number into events; what is for another is not looked at. */
final class InboundReader {
    private static final Map<String, Status> STATUSES = Map.of(
            "sent", Status.SENT,
            "delivered", Status.DELIVERED,
            "read", Status.READ,
            "played", Status.READ,
            "failed", Status.FAILED);

    private final MetaPayload payload;

    InboundReader(MetaPayload payload) {
        this.payload = payload;
    }

    /** The events of one number; none when the webhook brings only what does not concern it. */
    void read(String phoneNumberId) {
        for (JsonFields change : payload.elements("changes")) {
            String field = change.word("field");
            String number = WhatsApp.number(change);
            if (field == null || (field.equals("messages") && number == null)) {
                payload.unidentified();
            } else if (field.equals("messages") && phoneNumberId.equals(number)) {
                JsonFields value = change.inner("value");
                each(value, "messages").forEach(message -> message(value, message));
                each(value, "statuses").forEach(this::status);
            }
            // other fields bring news of templates, the account, or echoes of what the business typed on its own phone
        }
    }

    private List<JsonFields> each(JsonFields value, String name) {
        if (value.has(name) && !value.node().path(name).isArray()) {
            payload.unidentified();
        }
        return value.each(name);
    }

    private void message(JsonFields value, JsonFields message) {
        String id = message.word("id");
        CustomerEvent.Sender sender = CustomerNames.sender(value, message);
        if (id == null || sender == null) {
            payload.unidentified();
        } else {
            payload.add(event(message, id, sender));
        }
    }

    /** A message, or what happened to an earlier one that it names. */
    private CustomerEvent event(JsonFields message, String id, CustomerEvent.Sender sender) {
        String type = InboundParts.type(message);
        JsonFields content = message.inner(type);
        String original = content.word(type.equals("reaction") ? "message_id" : "original_message_id");
        JsonFields edited = content.inner("message");
        Instant at = payload.at(message);
        if (original != null && type.equals("reaction")) {
            String emoji = content.word("emoji");
            return new CustomerEvent.Reaction(id, sender.address(), at, original, emoji == null ? "" : emoji);
        }
        if (original != null && type.equals("edit") && edited.node().isObject()) {
            return new CustomerEvent.MessageEdited(id, sender.address(), at, original, InboundParts.of(edited));
        }
        if (original != null && type.equals("revoke")) {
            return new CustomerEvent.MessageDeleted(id, sender.address(), at, original);
        }
        String replyTo = message.inner("context").word("id");
        String group = message.word("group_id");
        Threading threading = group == null ? Threading.NONE : new Threading(group, null, List.of(), null);
        String automatic = type.equals("system") ? "WhatsApp wrote it, not the customer" : null;
        return new MessageReceived(
                id,
                at,
                sender,
                id,
                InboundParts.of(message),
                replyTo,
                threading,
                automatic,
                null,
                forwarded(message.inner("context")));
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
        } else if (status != null) { // unlike "deleted", of which there is nothing to tell
            payload.add(receipt(element, id, word, status));
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
