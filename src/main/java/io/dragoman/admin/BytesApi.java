// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.app.query.StoredBytes;
import io.dragoman.app.query.StoredBytes.StoredMedia;
import io.dragoman.http.server.MediaBody;
import io.dragoman.http.server.MediaHeaders;
import io.dragoman.store.blob.MediaStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The bytes of media and of what arrived: others made them, so a browser may show little of it and run none. Blocks. */
final class BytesApi {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int LONGEST_VIEW = 64 * 1024;

    private final StoredBytes bytes;

    BytesApi(StoredBytes bytes) {
        this.bytes = bytes;
    }

    ApiResponse media(ApiRequest request) throws Refusal {
        StoredMedia media = find(request.id());
        String sha256 = media.sha256();
        MediaStore.Content content = media.content();
        if (content == null || sha256 == null) {
            throw media.pending()
                    ? new Refusal(503, "This file is still being fetched. Please try again.")
                    : new Refusal(404, "This file could not be fetched, or is no longer stored.");
        }
        Map<String, String> headers = MediaHeaders.shown(media.mimeType(), media.fileName(), KEPT);
        return ApiResponse.streaming((asked, allowed) -> {
            headers.forEach(asked.response()::putHeader);
            MediaBody.send(bytes.files(), sha256, content, asked.response());
            return () -> {};
        });
    }

    private StoredMedia find(String id) throws Refusal {
        try {
            return bytes.media(id).orElseThrow(() -> new Refusal(404, "There is no media item with this id."));
        } catch (IOException e) {
            throw new Refusal(503, "The media store cannot be reached. Please try again.");
        }
    }

    ApiResponse raw(ApiRequest request) throws Refusal {
        String view = request.parameters().get("view");
        if (view != null && !view.equals("text")) {
            throw new Refusal(400, "view must be text, or not there for the bytes themselves.");
        }
        byte[] raw;
        try {
            raw = bytes.raw(request.id())
                    .orElseThrow(() -> new Refusal(404, "There is nothing raw with this id, nor an event or message."));
        } catch (IOException e) {
            throw new Refusal(404, "These bytes are no longer stored.");
        }
        Map<String, String> headers =
                new HashMap<>(MediaHeaders.of("application/octet-stream", request.id() + ".bin", KEPT));
        headers.remove("Content-Type"); // the answer has its own
        headers.put("Cache-Control", "no-store");
        if (view == null) {
            return new ApiResponse(200, "application/octet-stream", raw, headers);
        }
        headers.remove("Content-Disposition");
        String text = new String(raw, 0, Math.min(raw.length, LONGEST_VIEW), StandardCharsets.UTF_8);
        String end = raw.length > LONGEST_VIEW ? "\n… " + (raw.length - LONGEST_VIEW) + " more bytes" : "";
        return new ApiResponse(
                200, "text/plain; charset=utf-8", (text + end).getBytes(StandardCharsets.UTF_8), headers);
    }
}
