// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.line;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The Messaging API of one account. Thread-safe. */
record ApiClient(Account account, Transport transport) {
    private static final Duration PREPARING = Duration.ofSeconds(10);

    /** A call with JSON; PUT and POST are told apart by {@code method}. */
    HttpCall call(String method, String path, ObjectNode body) {
        URI base = account.get(Line.BASE_URL);
        return HttpCall.post(URI.create(base + path), HttpCall.Body.json(Json.bytes(body)))
                .by(method)
                .bearer(account.get(Line.ACCESS_TOKEN))
                .trusting(base);
    }

    Response ask(String method, String path, ObjectNode body) throws TransportFailure {
        return transport.http(call(method, path, body));
    }

    /** Fetches what a customer attached: from LINE by the message's id, else from the address that it names. */
    Outcome fetch(Part.Media media) {
        String source = String.valueOf(media.source());
        if (source.matches("\\d{1,40}")) {
            boolean streamed = media.media() == Part.MediaKind.VIDEO || media.media() == Part.MediaKind.AUDIO;
            Optional<Outcome> unready = streamed ? unready(source) : Optional.empty();
            return unready.orElseGet(() -> MediaDownload.fetch(
                    content(source, "").timeout(Duration.ofMinutes(2)),
                    Line.LARGEST,
                    media.fileName(),
                    transport,
                    ErrorTable::missed));
        }
        return MediaDownload.address(source)
                .map(uri ->
                        MediaDownload.fetch(HttpCall.get(uri).follow(3), Line.LARGEST, "the media's server", transport))
                .orElseGet(MediaDownload::noAddress);
    }

    /** Films and recordings are prepared first: until then LINE answers 202 without the bytes. */
    private Optional<Outcome> unready(String id) {
        Outcome outcome = transport.attempt(content(id, "/transcoding"), answer -> {
            String status = answer.json().path("status").asText("");
            if (!answer.ok()) {
                return ErrorTable.missed(answer).repeatable();
            }
            return switch (status) {
                case "processing" ->
                    new Outcome.Retry(Reason.MEDIA_REFUSED, "LINE is still preparing the media", PREPARING);
                case "failed" -> new Outcome.Refused(Reason.MEDIA_REFUSED, "LINE could not prepare the media");
                default -> new Outcome.Sent(null);
            };
        });
        return outcome instanceof Outcome.Sent ? Optional.empty() : Optional.of(outcome.repeatable());
    }

    private HttpCall content(String id, String what) {
        URI base = account.get(Line.CONTENT_URL);
        return HttpCall.get(URI.create(base + "/v2/bot/message/" + id + "/content" + what))
                .bearer(account.get(Line.ACCESS_TOKEN))
                .trusting(base);
    }
}
