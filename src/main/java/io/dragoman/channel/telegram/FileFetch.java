// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Fetched;
import io.dragoman.connector.Outcome.Refused;
import io.dragoman.connector.Response;
import io.dragoman.connector.StoredBlob;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Reason;

/** Fetches a file in two steps: its path for the next hour, then its bytes. */
final class FileFetch {
    private static final Refused TOO_LARGE = new Refused(Reason.TOO_LARGE, "telegram gives bots no file over 20 MB");

    private final BotApi api;

    FileFetch(BotApi api) {
        this.api = api;
    }

    Outcome fetch(Media media) {
        String fileId = media.source();
        if (fileId == null) {
            return new Refused(Reason.MEDIA_REFUSED, "the media came without a file id");
        }
        Long size = media.size();
        if (size != null && size > Telegram.LARGEST_DOWNLOAD) {
            return TOO_LARGE;
        }
        try {
            BotAnswer file = api.call("getFile", BotApi.parameters().put("file_id", fileId));
            if (!file.ok()) {
                return file.failure().repeatable();
            }
            String path = file.result().path("file_path").asText("");
            return path.isEmpty()
                    ? new Refused(Reason.MEDIA_REFUSED, "telegram has no path for the file")
                    : download(media, path);
        } catch (TransportFailure e) {
            return Outcome.of(e).repeatable();
        }
    }

    private Outcome download(Media media, String path) throws TransportFailure {
        Transport.Download download = api.download(path, Telegram.LARGEST_DOWNLOAD);
        if (download instanceof Transport.Download.Done done) {
            String fileName = media.fileName() == null ? path.substring(path.lastIndexOf('/') + 1) : media.fileName();
            return new Fetched(typed(done.kept(), media), fileName);
        }
        if (download instanceof Transport.Download.Answered answered) {
            return refusal(answered.response());
        }
        return TOO_LARGE;
    }

    /** The download says "bytes" of everything; the message knew better. */
    private static StoredBlob typed(StoredBlob kept, Media media) {
        boolean vague = kept.mimeType().isBlank() || kept.mimeType().startsWith("application/octet-stream");
        return vague ? new StoredBlob(kept.sha256(), kept.size(), media.mimeType()) : kept;
    }

    private static Outcome refusal(Response response) {
        if (response.status() == 404) {
            // the path was good for an hour at least, and it is seconds old: another getFile gives another path
            return new Outcome.Retry(Reason.PROVIDER_DOWN, "telegram has lost the file that it just named");
        }
        return BotAnswer.of(response).failure().repeatable();
    }
}
