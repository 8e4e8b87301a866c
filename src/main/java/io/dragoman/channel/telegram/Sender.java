// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Refused;
import io.dragoman.connector.Outcome.Sent;
import io.dragoman.connector.Outcome.Uncertain;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.MultipartBody;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Sends one message: one call, and a second one only where the group moved and nothing was sent. */
final class Sender {
    private final ApiClient api;
    private final Transport transport;

    Sender(ApiClient api, Transport transport) {
        this.api = api;
        this.transport = transport;
    }

    Outcome send(Outbound.ToCustomer message) {
        Optional<ChatAddress> address = ChatAddress.parse(message.address());
        if (address.isEmpty()) {
            return new Refused(Reason.RECIPIENT_UNKNOWN, "the address is not a Telegram chat");
        }
        MessagePlan plan = MessagePlan.of(message, address.get());
        if (plan instanceof MessagePlan.Never never) {
            return never.refused();
        }
        MessagePlan.Step step = (MessagePlan.Step) plan;
        try {
            BotAnswer answer = perform(step, message.key());
            Long moved = answer.migratedTo();
            if (!answer.ok() && moved != null) {
                answer = perform(step.movedTo(moved), message.key());
            }
            return answer.ok() ? sent(answer.result()) : ErrorTable.outcome(answer);
        } catch (TransportFailure e) {
            return Outcome.of(e);
        } catch (IOException e) {
            return new Refused(Reason.MEDIA_REFUSED, "the stored media cannot be read");
        }
    }

    /** Ends the waiting of who pressed a button. Of anything else a bot cannot say that it was seen. */
    Outcome seen(Outbound.ReadReceipt seen) {
        if (!seen.externalId().startsWith(InboundReader.PRESS)) {
            return new Sent(null);
        }
        try {
            String query = seen.externalId().substring(InboundReader.PRESS.length());
            BotAnswer answer =
                    api.call("answerCallbackQuery", ApiClient.parameters().put("callback_query_id", query));
            return answer.ok() ? new Sent(null) : ErrorTable.outcome(answer).repeatable();
        } catch (TransportFailure e) {
            return Outcome.of(e).repeatable();
        }
    }

    private BotAnswer perform(MessagePlan.Step step, String key) throws TransportFailure, IOException {
        MessagePlan.Upload upload = step.upload();
        if (upload == null) {
            return api.call(step.method(), step.parameters());
        }
        MultipartBody form = new MultipartBody(api.uploadKey(), key);
        step.parameters().properties().forEach(parameter -> {
            JsonNode value = parameter.getValue();
            form.field(parameter.getKey(), value.isContainerNode() ? Json.write(value) : value.asText());
        });
        HttpCall.Body body =
                form.file(upload.field(), upload.fileName(), upload.mimeType(), () -> transport.open(upload.id()));
        return api.call(step.method(), body, Duration.ofMinutes(2));
    }

    private static Outcome sent(JsonNode message) {
        JsonNode guest = message.path("inline_message_id");
        if (guest.isTextual()) {
            return new Sent("inline:" + guest.textValue());
        }
        JsonNode id = message.path("message_id");
        JsonNode chat = message.path("chat").path("id");
        if (!id.canConvertToLong() || !chat.canConvertToLong()) {
            return new Uncertain(Reason.PROVIDER_DOWN, "telegram answered ok without a message");
        }
        JsonNode business = message.path("business_connection_id");
        return new Sent(
                new ChatAddress(chat.longValue(), null, null, business.isTextual() ? business.textValue() : null, null)
                        .message(id.longValue()));
    }
}
