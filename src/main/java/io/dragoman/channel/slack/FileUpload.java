// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Uploads a file and shares it (docs.slack.dev, files.getUploadURLExternal and files.completeUploadExternal). Nobody
 * sees what is uploaded before it is shared, so that all before that may be repeated.
 */
record FileUpload(ApiClient api) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Where the bytes go. */
    private record Slot(URI address, String id) {}

    /**
     * Sends it.
     *
     * @param place the channel, and the thread in it
     * @param caption as Slack writes text; empty for none
     */
    Outcome send(Part.Media file, ObjectNode place, String caption) {
        try {
            long size = file.size() == null ? count(file) : file.size();
            Response asked = api.transport()
                    .http(api.form(
                            "files.getUploadURLExternal",
                            Map.of("filename", name(file), "length", String.valueOf(size))));
            if (!ErrorTable.taken(asked)) {
                return ErrorTable.refusal(asked).repeatable();
            }
            Slot slot = slot(asked.json());
            Response uploaded = api.transport().http(upload(slot, file, size));
            return uploaded.ok()
                    ? share(slot, file, place, caption)
                    : Outcome.of(uploaded, "Slack's file server").repeatable();
        } catch (TransportFailure e) {
            return Outcome.of(e).repeatable();
        } catch (IOException e) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "the stored media cannot be read");
        }
    }

    /** The name under which it is uploaded, and listed in the channel's history. */
    static String name(Part.Media file) {
        return file.fileName() == null ? "file" : file.fileName();
    }

    private Slot slot(JsonNode answer) throws TransportFailure {
        String id = answer.path("file_id").asText("");
        try {
            URI address = URI.create(answer.path("upload_url").asText(""));
            boolean safe = "https".equals(address.getScheme())
                    || HttpCall.sameOrigin(api.account().get(Slack.BASE_URL), address);
            if (safe && !id.isEmpty()) {
                return new Slot(address, id);
            }
        } catch (IllegalArgumentException e) {
            // as if there were none
        }
        throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "Slack answered without an address for the file");
    }

    /** The address itself is the permission; it gets no token. */
    private HttpCall upload(Slot slot, Part.Media file, long size) {
        String id = String.valueOf(file.id());
        HttpCall.Body bytes = new HttpCall.Body(
                "application/octet-stream", size, () -> api.transport().open(id));
        return HttpCall.post(slot.address(), bytes)
                .trusting(api.account().get(Slack.BASE_URL))
                .timeout(PATIENCE);
    }

    /** Slack shares it some time after its answer, once it has looked for malware, and tells the message's id nowhere. */
    private Outcome share(Slot slot, Part.Media file, ObjectNode place, String caption) {
        ObjectNode body = place.objectNode();
        body.putArray("files").addObject().put("id", slot.id()).put("title", name(file));
        body.set("channel_id", place.path("channel"));
        if (place.has("thread_ts")) {
            body.set("thread_ts", place.path("thread_ts"));
        }
        if (!caption.isEmpty()) {
            body.put("initial_comment", caption);
        }
        return api.transport()
                .attempt(
                        api.json("files.completeUploadExternal", body),
                        answer -> ErrorTable.taken(answer) ? new Outcome.Sent(null) : ErrorTable.refusal(answer));
    }

    private long count(Part.Media file) throws IOException {
        try (InputStream bytes = api.transport().open(String.valueOf(file.id()))) {
            return bytes.skip(Long.MAX_VALUE);
        }
    }
}
