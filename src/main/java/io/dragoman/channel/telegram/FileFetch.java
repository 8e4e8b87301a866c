// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Fetched;
import io.dragoman.connector.Outcome.Refused;
import io.dragoman.connector.Response;
import io.dragoman.connector.StoredBlob;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Reason;

/** Fetches a file in two steps: its path for the next hour, then its bytes. */
final class FileFetch {
    private final ApiClient api;

    FileFetch(ApiClient api) {
        this.api = api;
    }

    Outcome fetch(Media media) {
        String fileId = media.source();
        if (fileId == null) {
            return new Refused(Reason.MEDIA_REFUSED, "the media came without a file id");
        }
        Long size = media.size();
        if (size != null && size > Telegram.LARGEST_DOWNLOAD) {
            return MediaDownload.tooLarge(Telegram.LARGEST_DOWNLOAD);
        }
        try {
            BotAnswer file = api.call("getFile", ApiClient.parameters().put("file_id", fileId));
            if (!file.ok()) {
                return ErrorTable.outcome(file).repeatable();
            }
            String path = file.result().path("file_path").asText("");
            return path.isEmpty()
                    ? new Refused(Reason.MEDIA_REFUSED, "telegram has no path for the file")
                    : download(media, path);
        } catch (TransportFailure e) {
            return Outcome.of(e).repeatable();
        }
    }

    private Outcome download(Media media, String path) {
        String fileName = media.fileName() == null ? path.substring(path.lastIndexOf('/') + 1) : media.fileName();
        Outcome outcome = MediaDownload.fetch(
                api.file(path), Telegram.LARGEST_DOWNLOAD, fileName, api.transport(), FileFetch::refused);
        return outcome instanceof Fetched fetched ? new Fetched(typed(fetched.blob(), media), fileName) : outcome;
    }

    /** The download says "bytes" of everything; the message knew better. */
    private static StoredBlob typed(StoredBlob blob, Media media) {
        boolean vague = blob.mimeType().isBlank() || blob.mimeType().startsWith("application/octet-stream");
        return vague ? new StoredBlob(blob.sha256(), blob.size(), media.mimeType()) : blob;
    }

    private static Outcome refused(Response response) {
        // the path was good for an hour at least, and it is seconds old: another getFile gives another path
        return response.status() == 404
                ? new Outcome.Retry(Reason.PROVIDER_DOWN, "telegram has lost the file that it just named")
                : ErrorTable.outcome(BotAnswer.of(response));
    }
}
