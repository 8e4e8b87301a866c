// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Budget;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.MultipartBody;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes one direct message, or one answer to a post, of a delivery step. */
record Sender(ApiClient api, UploadedFilms films) {

    /**
     * What is sent.
     *
     * @param picture or a film, to be uploaded before; null for none
     */
    private record Content(String text, Part.@Nullable Media picture) {
        @Override
        public String toString() {
            return "Content[…]";
        }
    }

    Outcome send(ToCustomer message) {
        Optional<XPlace> place = XPlace.parse(message.address());
        if (place.isEmpty()) {
            return new Outcome.Refused(Reason.RECIPIENT_UNKNOWN, "the address is no person, group or post on X");
        }
        Optional<Content> content = content(message.parts());
        if (content.isEmpty()) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "a message on X is a text, a picture or film, or both");
        }
        try {
            return paid(message, place.get(), content.get());
        } catch (TransportFailure e) {
            return Outcome.of(e);
        }
    }

    private static Optional<Content> content(List<Part> parts) {
        Part first = parts.get(0);
        if (parts.size() == 1 && first instanceof Part.Text text) {
            return Optional.of(new Content(text.text(), null));
        }
        boolean captioned = parts.size() == 2 && parts.get(1) instanceof Part.Text;
        if (!(first instanceof Part.Media media) || !(parts.size() == 1 || captioned)) {
            return Optional.empty();
        }
        String caption = captioned ? ((Part.Text) parts.get(1)).text() : "";
        if (media.id() != null) {
            return Optional.of(new Content(caption, media));
        }
        return media.url() == null
                ? Optional.empty()
                : Optional.of(new Content((caption + "\n" + media.url()).strip(), null));
    }

    /** It counts before it is sent; what was surely not sent does not count. */
    private Outcome paid(ToCustomer message, XPlace place, Content content) throws TransportFailure {
        List<Budget> budgets = XSettings.sends(api.account());
        if (budgets.isEmpty()) {
            return attempt(message, place, content);
        }
        Optional<Budget> exhausted = api.transport().spend(api.account(), budgets, 1);
        if (exhausted.isPresent()) {
            return exhausted.get().refusal(now());
        }
        Outcome outcome = attempt(message, place, content);
        if (outcome instanceof Outcome.Retry || outcome instanceof Outcome.Refused) {
            api.transport().refund(api.account(), budgets, 1);
        }
        return outcome;
    }

    private Outcome attempt(ToCustomer message, XPlace place, Content content) {
        boolean direct = place.kind() != XPlace.Kind.PUBLIC;
        Part.Media picture = content.picture();
        if (picture == null) {
            return post(message, place, content.text(), null);
        }
        try {
            if (picture.media() == Part.MediaKind.VIDEO) {
                FilmUpload.Uploaded film = new FilmUpload(api, films, direct).upload(picture, message.key());
                return film.media() == null ? film.failure() : post(message, place, content.text(), film.media());
            }
            Response uploaded = api.ask(upload(picture, direct, message.key()));
            String media = uploaded.json().path("data").path("id").asText("");
            if (!uploaded.ok()) {
                return ErrorTable.refusal(uploaded, now(), direct).repeatable();
            }
            return media.isEmpty()
                    ? new Outcome.Retry(Reason.PROVIDER_DOWN, "X answered an upload without an id")
                    : post(message, place, content.text(), media);
        } catch (TransportFailure e) {
            return Outcome.of(e).repeatable(); // what is uploaded twice is shown once
        } catch (IOException e) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "the stored media cannot be read");
        }
    }

    private HttpCall upload(Part.Media picture, boolean direct, String key) throws IOException {
        String id = String.valueOf(picture.id());
        HttpCall.Body form = new MultipartBody(api.account().key("x.upload"), key)
                .field("media_category", direct ? "dm_image" : "tweet_image")
                .field("media_type", MultipartBody.mimeType(picture.mimeType()))
                .file("media", picture.fileName(), picture.mimeType(), () -> api.transport()
                        .open(id));
        return api.post("/2/media/upload", form).timeout(Duration.ofMinutes(2));
    }

    private Outcome post(ToCustomer message, XPlace place, String text, @Nullable String media) {
        ObjectNode body = Json.mapper().createObjectNode();
        if (!text.isBlank()) {
            body.put("text", text);
        }
        boolean direct = place.kind() != XPlace.Kind.PUBLIC;
        String path;
        if (direct) {
            path = place.kind() == XPlace.Kind.DIRECT
                    ? "/2/dm_conversations/with/" + place.id() + "/messages"
                    : "/2/dm_conversations/" + place.id() + "/messages";
            if (media != null) {
                body.putArray("attachments").addObject().put("media_id", media);
            }
        } else {
            path = "/2/tweets";
            String answered = message.replyTo();
            boolean known = answered != null && XId.is(answered);
            body.putObject("reply").put("in_reply_to_tweet_id", known ? answered : place.id());
            if (media != null) {
                body.putObject("media").putArray("media_ids").add(media);
            }
        }
        return api.transport()
                .attempt(api.post(path, body), answer -> outcome(answer, direct ? "dm_event_id" : "id", direct));
    }

    private Outcome outcome(Response answer, String name, boolean direct) {
        if (!answer.ok()) {
            return ErrorTable.refusal(answer, now(), direct);
        }
        String id = answer.json().path("data").path(name).asText("");
        return XId.is(id)
                ? new Outcome.Sent(id)
                : new Outcome.Uncertain(Reason.PROVIDER_DOWN, "X answered without an id of what it took");
    }

    private Instant now() {
        return api.transport().clock().instant();
    }
}
