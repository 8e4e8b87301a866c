// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.MultipartBody;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Uploads a film in pieces (docs.x.com, "Chunked media upload"). X processes it then; until that is done the delivery is
 * put off, and finds the film again by its key. Nobody sees a film that stands in no message.
 */
record FilmUpload(ApiClient api, UploadedFilms films, boolean direct) {
    /** X takes 5 MB at most. */
    private static final int PIECE = 4 << 20;

    private static final String PATH = "/2/media/upload";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LONGEST_WAIT = 60;

    /**
     * How it ended.
     *
     * @param media X's id of a film that can be sent; null while there is none
     * @param failure why there is none: surely nothing was sent
     */
    record Uploaded(@Nullable String media, Outcome failure) {
        @Override
        public String toString() {
            return "Uploaded[" + failure + "]";
        }
    }

    Uploaded upload(Part.Media film, String key) throws TransportFailure, IOException {
        Optional<String> known = films.find(key);
        if (known.isPresent()) {
            return processed(known.get(), key, api.ask(api.get(PATH + "?command=STATUS&media_id=" + known.get())));
        }
        Response begun = api.ask(api.post(PATH + "/initialize", announced(film)));
        String id = begun.json().at("/data/id").asText("");
        if (!begun.ok() || !XId.is(id)) {
            return failed(begun);
        }
        try (InputStream bytes = api.transport().open(String.valueOf(film.id()))) {
            byte[] piece = bytes.readNBytes(PIECE);
            for (int i = 0; piece.length > 0; i++) {
                Response taken = api.ask(append(id, i, piece, key));
                if (!taken.ok()) {
                    return failed(taken);
                }
                piece = bytes.readNBytes(PIECE);
            }
        }
        return processed(
                id,
                key,
                api.ask(api.post(PATH + "/" + id + "/finalize", Json.mapper().createObjectNode())));
    }

    private ObjectNode announced(Part.Media film) throws IOException {
        long size = film.size() == null ? count(film) : film.size();
        return Json.mapper()
                .createObjectNode()
                .put("media_type", MultipartBody.mimeType(film.mimeType()))
                .put("total_bytes", size)
                .put("media_category", direct ? "dm_video" : "tweet_video");
    }

    private long count(Part.Media film) throws IOException {
        try (InputStream bytes = api.transport().open(String.valueOf(film.id()))) {
            return bytes.skip(Long.MAX_VALUE);
        }
    }

    private HttpCall append(String id, int number, byte[] piece, String key) throws IOException {
        HttpCall.Body form = new MultipartBody(api.account().key("x.upload"), key + "/" + number)
                .field("segment_index", Integer.toString(number))
                .file("media", "film", "application/octet-stream", () -> new ByteArrayInputStream(piece));
        return api.post(PATH + "/" + id + "/append", form).timeout(PATIENCE);
    }

    private Uploaded processed(String id, String key, Response answer) {
        if (!answer.ok()) {
            films.forget(key); // X may not have it any more
            return failed(answer);
        }
        JsonNode processing = answer.json().path("data").path("processing_info");
        String state = processing.path("state").asText("succeeded");
        if (state.equals("succeeded")) {
            films.forget(key);
            return new Uploaded(id, new Outcome.Sent(null));
        }
        if (state.equals("failed")) {
            films.forget(key);
            return new Uploaded(
                    null,
                    new Outcome.Refused(
                            Reason.MEDIA_REFUSED, "X could not process the film; it takes MP4 (H.264, AAC)"));
        }
        films.keep(key, id);
        long seconds = Math.max(
                1, Math.min(LONGEST_WAIT, processing.path("check_after_secs").asLong(5)));
        // no reason that has others wait: only this film is not ready
        return new Uploaded(
                null,
                new Outcome.Retry(Reason.MEDIA_REFUSED, "X still processes the film", Duration.ofSeconds(seconds)));
    }

    private Uploaded failed(Response answer) {
        return new Uploaded(
                null,
                answer.ok()
                        ? new Outcome.Retry(Reason.PROVIDER_DOWN, "X answered an upload without an id")
                        : ErrorTable.refusal(answer, api.transport().clock().instant(), direct)
                                .repeatable());
    }
}
