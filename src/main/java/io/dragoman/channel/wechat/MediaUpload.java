// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.wechat;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.MultipartBody;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/** Takes stored media to WeChat, which makes an id of it for three days. Nothing reaches the customer by that. */
final class MediaUpload {
    static final String[] IMAGES = {"image/jpeg", "image/png", "image/gif", "image/bmp"};
    static final String[] RECORDINGS = {"audio/amr", "audio/mpeg", "audio/mp3"};
    static final String[] FILMS = {"video/mp4"};

    /** WeChat knows a type by the file's name alone. */
    private static final Map<String, String> ENDINGS = Map.of(
            "image/jpeg", "jpg",
            "image/png", "png",
            "image/gif", "gif",
            "image/bmp", "bmp",
            "audio/amr", "amr",
            "audio/mpeg", "mp3",
            "audio/mp3", "mp3",
            "video/mp4", "mp4");

    private MediaUpload() {}

    /** WeChat's word for a kind of media. */
    static String type(MediaKind kind) {
        return switch (kind) {
            case AUDIO -> "voice";
            case VIDEO -> "video";
            default -> "image";
        };
    }

    /**
     * Uploads.
     *
     * @param key of the delivery
     * @return the id as {@link Outcome.Sent}, or why there is none; never uncertain
     */
    static Outcome of(WeChatApi api, Part.Media media, String mediaId, String key) {
        String name = "media." + ENDINGS.getOrDefault(media.mimeType(), "bin");
        try {
            HttpCall.Body form = new MultipartBody(api.account().key("wechat upload"), key)
                    .file("media", name, media.mimeType(), () -> api.transport().open(mediaId));
            return api.attempt((token, answered) -> post(api, token, media, form, answered), MediaUpload::taken)
                    .repeatable();
        } catch (IOException e) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "the stored attachment cannot be opened");
        }
    }

    private static Outcome post(
            WeChatApi api, Secret token, Part.Media media, HttpCall.Body form, Function<Response, Outcome> answered) {
        HttpCall call = HttpCall.post(api.uri("/cgi-bin/media/upload", token, "&type=" + type(media.media())), form);
        return api.transport().attempt(call.trusting(api.base()).timeout(Duration.ofMinutes(2)), answered);
    }

    private static Outcome taken(Response answer) {
        String id = JsonFields.of(answer.json()).word("media_id");
        if (answer.ok() && id != null) {
            return new Outcome.Sent(id);
        }
        Outcome outcome = ErrorTable.outcome(answer);
        return outcome instanceof Outcome.Sent
                ? new Outcome.Retry(Reason.PROVIDER_DOWN, "WeChat gave no id for an upload")
                : outcome;
    }
}
