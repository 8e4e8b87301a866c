// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import io.dragoman.channel.meta.MetaPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Part;
import io.dragoman.model.Structured;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What customers do beside writing, as messages that say so: they want no marketing any more, or called in vain. Such a
 * message has no id at WhatsApp that could be answered or ticked off.
 */
record InboundNews(MetaPayload payload) {
    static final String NOT_THE_CUSTOMER = "WhatsApp wrote it, not the customer";
    private static final String CALL = "call:";
    private static final String PREFERENCE = "preference:";
    private static final String MARKETING = "marketing_messages";
    private static final Map<String, Consent> CONSENTS = Map.of("stop", Consent.OPTED_OUT, "resume", Consent.OPTED_IN);

    /** Whether WhatsApp itself knows a message by this id. */
    static boolean isMessage(String externalId) {
        return !externalId.startsWith(CALL) && !externalId.startsWith(PREFERENCE);
    }

    /** A customer stopped marketing, or takes it again. */
    void preference(JsonFields value, JsonFields preference) {
        String word = preference.word("value");
        String category = preference.has("category") ? preference.word("category") : MARKETING;
        CustomerEvent.Sender sender = CustomerNames.person(
                        value, preference.word("wa_id"), preference.word("user_id"), preference.word("parent_user_id"))
                .sender();
        if (word == null || sender == null) {
            payload.unidentified();
            return;
        }
        Instant at = payload.at(preference);
        Consent consent = MARKETING.equals(category) ? CONSENTS.get(word) : null;
        String detail = preference.word("detail");
        String text = detail == null ? category + ": " + word : detail;
        String id = PREFERENCE + sender.address() + ":" + category + ":" + at.getEpochSecond() + ":" + word;
        message(id, at, sender, new Structured("preference", text, preference.node()), NOT_THE_CUSTOMER, consent);
    }

    /** The end of a call that nobody took; calls that were taken, and our own, are told by whoever made them. */
    void call(JsonFields value, JsonFields call) {
        String id = call.word("id");
        CustomerEvent.Sender sender = CustomerNames.person(
                        value, call.word("from"), call.word("from_user_id"), call.word("from_parent_user_id"))
                .sender();
        if (id == null || sender == null) {
            payload.unidentified();
        } else if (isMissed(call)) {
            message(
                    CALL + id,
                    payload.at(call),
                    sender,
                    new Structured("call", "Missed call", call.node()),
                    null,
                    null);
        } else {
            IgnoredNews.call(payload, call);
        }
    }

    private static boolean isMissed(JsonFields call) {
        String status = call.word("status");
        boolean taken = status == null ? call.has("duration") : status.equalsIgnoreCase("COMPLETED");
        return "terminate".equals(call.word("event")) && !"BUSINESS_INITIATED".equals(call.word("direction")) && !taken;
    }

    private void message(
            String id,
            Instant at,
            CustomerEvent.Sender sender,
            Part part,
            @Nullable String automatic,
            @Nullable Consent consent) {
        payload.add(
                new MessageReceived(id, at, sender, id, List.of(part), null, Threading.NONE, automatic, consent, null));
    }
}
