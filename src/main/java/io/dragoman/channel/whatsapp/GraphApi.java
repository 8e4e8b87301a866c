// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.MultipartBody;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The calls to Meta's Graph API on behalf of one account. */
final class GraphApi {
    /** What WhatsApp itself carries at most. */
    private static final long LARGEST = 100L * 1024 * 1024;

    private final Account account;
    private final Transport transport;

    GraphApi(Account account, Transport transport) {
        this.account = account;
        this.transport = transport;
    }

    /** Sends one message. */
    Outcome message(ObjectNode body) {
        try {
            Response response = transport.http(post("messages", HttpCall.Body.json(Json.bytes(body))));
            if (!response.ok()) {
                return GraphError.outcome(response);
            }
            return new Outcome.Sent(
                    LenientFields.word(response.json().path("messages").path(0), "id"));
        } catch (TransportFailure e) {
            return Outcome.of(e);
        }
    }

    /** Turns the ticks of a message blue. Doing so twice is the same as once, so nothing about it is uncertain. */
    Outcome seen(String messageId) {
        ObjectNode body = Json.mapper()
                .createObjectNode()
                .put("messaging_product", "whatsapp")
                .put("status", "read")
                .put("message_id", messageId);
        try {
            Response response = transport.http(post("messages", HttpCall.Body.json(Json.bytes(body))));
            return response.ok()
                    ? new Outcome.Sent(null)
                    : GraphError.outcome(response).repeatable();
        } catch (TransportFailure e) {
            return Outcome.of(e).repeatable();
        }
    }

    /** Takes stored media to Meta, which makes an id of it. Nothing reaches the customer by that. */
    Upload upload(Part.Media media, String mediaId, String key) {
        try {
            Response response = transport.http(post("media", form(media, mediaId, key)));
            String id = LenientFields.word(response.json(), "id");
            if (response.ok() && id != null) {
                return new Upload(id, null);
            }
            return new Upload(
                    null,
                    response.ok()
                            ? new Outcome.Retry(Reason.PROVIDER_DOWN, "WhatsApp gave no id for an upload")
                            : GraphError.outcome(response).repeatable());
        } catch (TransportFailure e) {
            return new Upload(null, Outcome.of(e).repeatable());
        } catch (IOException e) {
            return new Upload(null, new Outcome.Refused(Reason.MEDIA_REFUSED, "the stored medium cannot be opened"));
        }
    }

    /** Asks where the bytes of a medium are, and fetches them from there; the address lives for five minutes. */
    Outcome fetch(Part.Media media) {
        String source = media.source();
        if (source == null || !source.matches("[A-Za-z0-9_-]{1,128}")) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "this medium has no id at WhatsApp");
        }
        try {
            Response response = transport.http(authorized(HttpCall.get(address(source))));
            if (!response.ok()) {
                return missed(response);
            }
            JsonNode answer = response.json();
            if (answer.path("file_size").asLong() > LARGEST) {
                return tooLarge();
            }
            URI file = file(LenientFields.word(answer, "url"));
            return file == null
                    ? new Outcome.Refused(Reason.MEDIA_REFUSED, "WhatsApp gave no address for a medium")
                    : download(media, file);
        } catch (TransportFailure e) {
            return Outcome.of(e).repeatable();
        }
    }

    private Outcome download(Part.Media media, URI file) throws TransportFailure {
        // the media host asks for the token too, and turns some default agents away
        Transport.Download download =
                transport.download(authorized(HttpCall.get(file)).header("User-Agent", "dragoman"), LARGEST);
        if (download instanceof Transport.Download.Done done) {
            return new Outcome.Fetched(done.kept(), media.fileName());
        }
        return download instanceof Transport.Download.Answered answered ? missed(answered.response()) : tooLarge();
    }

    /** Media ids expire after 7 days, addresses after minutes. */
    private static Outcome missed(Response response) {
        boolean gone = response.status() == 404 || response.status() == 410;
        JsonNode error = response.json().path("error");
        if (gone || error.path("code").asInt() == 100) {
            return new Outcome.Refused(
                    Reason.MEDIA_REFUSED, "WhatsApp answered " + response.status() + ": the medium is gone or expired");
        }
        return GraphError.outcome(response).repeatable();
    }

    private static Outcome tooLarge() {
        return new Outcome.Refused(Reason.TOO_LARGE, "the medium is larger than " + LARGEST + " bytes");
    }

    /** The token may go there over TLS only, or to where the operator sent it anyway. */
    private @Nullable URI file(@Nullable String address) {
        try {
            URI uri = URI.create(address == null ? "" : address);
            boolean safe = "https".equals(uri.getScheme())
                    || HttpCall.get(uri)
                            .trusting(account.get(WhatsApp.BASE_URL))
                            .isTrusted();
            return safe && uri.getHost() != null ? uri : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private HttpCall.Body form(Part.Media media, String mediaId, String key) throws IOException {
        String type = MultipartBody.mimeType(media.mimeType());
        return new MultipartBody(account.key("whatsapp upload"), key)
                .field("messaging_product", "whatsapp")
                .field("type", type)
                .file("file", null, type, () -> transport.open(mediaId));
    }

    private HttpCall post(String what, HttpCall.Body body) {
        return authorized(HttpCall.post(address(account.get(WhatsApp.PHONE_NUMBER_ID) + "/" + what), body));
    }

    private HttpCall authorized(HttpCall call) {
        return call.bearer(account.get(WhatsApp.ACCESS_TOKEN)).trusting(account.get(WhatsApp.BASE_URL));
    }

    private URI address(String path) {
        return URI.create(account.get(WhatsApp.BASE_URL) + "/" + account.get(WhatsApp.API_VERSION) + "/" + path);
    }

    /** Either the id of an upload or why there is none. */
    record Upload(@Nullable String id, @Nullable Outcome failure) {}
}
