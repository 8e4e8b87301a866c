// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/** Fetches a file that a customer attached. Its address is open to anybody, but only for about a day. */
record DiscordFile(ApiClient api) {
    /** The most that anybody may upload. */
    private static final long LARGEST = 500L << 20;

    Outcome fetch(Part.Media media, Request origin) {
        Optional<URI> address = MediaDownload.address(media.source());
        if (address.isEmpty()) {
            return MediaDownload.noAddress();
        }
        Outcome outcome = download(address.get());
        boolean over = outcome instanceof Outcome.Refused refused && refused.reason() == Reason.MEDIA_REFUSED;
        return over ? renewed(address.get(), origin).map(this::download).orElse(outcome) : outcome;
    }

    private Outcome download(URI address) {
        HttpCall call = HttpCall.get(address).trusting(api.account().get(DiscordSettings.BASE_URL));
        return MediaDownload.fetch(
                call,
                LARGEST,
                null,
                api.transport(),
                answer -> answer.status() == 403 || MediaDownload.isGone(answer)
                        ? new Outcome.Refused(Reason.MEDIA_REFUSED, "Discord's file server answered " + answer.status())
                        : Outcome.of(answer, "Discord's file server"));
    }

    /** Reading the message again gives the same attachment an address that is good. */
    private Optional<URI> renewed(URI former, Request origin) {
        try {
            JsonFields message = JsonFields.of(origin.body()).object("d");
            String path =
                    "/channels/" + Snowflake.of(message, "channel_id") + "/messages/" + Snowflake.of(message, "id");
            Response answer = api.ask(api.get(path));
            JsonFields again = JsonFields.of(answer.json());
            Stream<JsonFields> snapshots =
                    again.each("message_snapshots").stream().map(one -> one.inner("message"));
            return Stream.concat(Stream.of(again), snapshots)
                    .flatMap(one -> one.each("attachments").stream())
                    .flatMap(attachment -> MediaDownload.address(attachment.word("url")).stream())
                    .filter(uri -> former.getPath().equals(uri.getPath()) && !former.equals(uri))
                    .findFirst();
        } catch (MalformedPayload | TransportFailure e) {
            return Optional.empty(); // then the first answer stands
        }
    }
}
