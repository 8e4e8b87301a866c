// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.MultipartBody;
import io.dragoman.model.Hashes;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Makes one message of a delivery step; a person's direct channel is opened first where it is not known. */
record Sender(ApiClient api) {
    private static final int NONCE = 25;

    Outcome send(ToCustomer message) {
        Optional<DiscordPlace> place = DiscordPlace.parse(message.address());
        if (place.isEmpty()) {
            return new Outcome.Refused(Reason.RECIPIENT_UNKNOWN, "the address is not a Discord channel or person");
        }
        OutgoingMessage plan = OutgoingMessage.of(message, place.get());
        if (plan.refusal() != null) {
            return plan.refusal();
        }
        try {
            String channel = place.get().channel();
            return channel == null ? first(place.get(), plan, message) : post(channel, plan, message);
        } catch (TransportFailure e) {
            return Outcome.of(e);
        } catch (IOException e) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "the stored media cannot be read");
        }
    }

    /** Opening a channel that is open already changes nothing. */
    private Outcome first(DiscordPlace place, OutgoingMessage plan, ToCustomer message)
            throws TransportFailure, IOException {
        Response opened;
        try {
            opened = api.ask(api.post("/users/@me/channels", Map.of("recipient_id", String.valueOf(place.user()))));
        } catch (TransportFailure e) {
            return Outcome.of(e).repeatable();
        }
        String channel = ApiClient.text(opened, "id");
        if (!opened.ok()) {
            return ErrorTable.refusal(opened).repeatable();
        }
        return channel == null || !Snowflake.is(channel)
                ? new Outcome.Retry(Reason.PROVIDER_DOWN, "Discord answered without a channel")
                : post(channel, plan, message);
    }

    private Outcome post(String channel, OutgoingMessage plan, ToCustomer message)
            throws TransportFailure, IOException {
        String path = "/channels/" + channel + "/messages";
        ObjectNode body = plan.body();
        body.put("nonce", nonce(message.key())).put("enforce_nonce", true);
        Part.Media file = plan.file();
        return ErrorTable.outcome(api.ask(file == null ? api.post(path, body) : upload(path, body, file, message)));
    }

    private HttpCall upload(String path, ObjectNode body, Part.Media file, ToCustomer message) throws IOException {
        String id = String.valueOf(file.id());
        HttpCall.Body form = new MultipartBody(api.account().key("discord.upload"), message.key())
                .field("payload_json", Json.write(body))
                .file("files[0]", file.fileName(), file.mimeType(), () -> api.transport()
                        .open(id));
        return api.post(path, form).timeout(Duration.ofMinutes(2));
    }

    /** By it Discord knows a repetition; it takes no more than 25 characters. */
    static String nonce(String key) {
        return Hashes.sha256Hex(key).substring(0, NONCE);
    }
}
