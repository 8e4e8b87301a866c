// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Puts a file into the homeserver's store. Twice is two files, of which only one is shown. */
record MatrixUpload(ApiClient api) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * How it ended.
     *
     * @param address {@code mxc://…}; null when there is none
     * @param failure why not: surely nothing was sent
     */
    record Stored(@Nullable String address, Outcome failure) {
        @Override
        public String toString() {
            return "Stored[" + failure + "]";
        }
    }

    Stored store(Part.Media file) {
        try {
            String id = String.valueOf(file.id());
            long size = file.size() == null ? count(id) : file.size();
            long most = largest();
            if (size > most) {
                return failed(new Outcome.Refused(
                        Reason.TOO_LARGE, "the homeserver takes files of at most " + most + " bytes"));
            }
            String name = file.fileName() == null ? "" : "?filename=" + MatrixId.inPath(file.fileName());
            HttpCall.Body body = new HttpCall.Body(
                    file.mimeType(), size, () -> api.transport().open(id));
            Response answer =
                    api.ask(api.post("/_matrix/media/v3/upload" + name, body).timeout(PATIENCE));
            if (!answer.ok()) {
                return failed(ErrorTable.refusal(answer).repeatable());
            }
            String address = answer.json().path("content_uri").asText("");
            return MatrixMedia.isAddress(address)
                    ? new Stored(address, new Outcome.Sent(null))
                    : failed(new Outcome.Retry(
                            Reason.PROVIDER_DOWN, "the homeserver answered an upload without an address"));
        } catch (TransportFailure e) {
            return failed(Outcome.of(e).repeatable());
        } catch (IOException e) {
            return failed(new Outcome.Refused(Reason.MEDIA_REFUSED, "the stored media cannot be read"));
        }
    }

    private static Stored failed(Outcome failure) {
        return new Stored(null, failure);
    }

    private long count(String id) throws IOException {
        try (InputStream bytes = api.transport().open(id)) {
            return bytes.skip(Long.MAX_VALUE);
        }
    }

    /** What the homeserver says that it takes; anything where it does not say. */
    private long largest() throws TransportFailure {
        Response answer = api.ask(api.get("/_matrix/client/v1/media/config"));
        long most = answer.ok() ? answer.json().path("m.upload.size").asLong(0) : 0;
        return most <= 0 ? Long.MAX_VALUE : most;
    }
}
