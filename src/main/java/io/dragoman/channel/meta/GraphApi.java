// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.connector.kit.MultipartBody;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.function.Function;

/**
 * Meta's Graph API on behalf of one account. Thread-safe.
 *
 * @param base where the API is, without a version
 * @param codes what the errors of the channel mean, on top of {@link GraphErrors}
 */
public record GraphApi(Account account, URI base, Secret token, ErrorCodes<Integer> codes, Transport transport) {
    public static final Setting<URI> BASE_URL = Setting.url(
                    "baseUrl", "Where Meta's Graph API is; change it only for tests.")
            .or("https://graph.facebook.com");
    public static final Setting<String> API_VERSION = Setting.text("apiVersion", "The version of the Graph API to use.")
            .matching("v\\d{1,3}\\.\\d{1,2}", "must be a version such as v25.0")
            .or("v25.0");
    public static final Setting<Instant> TOKEN_EXPIRES = Setting.day(
            "tokenExpires",
            "The day on which accessToken ends, such as 2027-05-31, where it was made with an end: health warns two weeks"
                    + " before.");

    /** At the address that is configured. */
    public GraphApi(Account account, Secret token, ErrorCodes<Integer> codes, Transport transport) {
        this(account, account.get(BASE_URL), token, codes, transport);
    }

    /** Asks for an object or a list; {@code query} is encoded. Any answer but a good one is a failure. */
    public Response get(String path, String query) throws TransportFailure {
        Response response = transport.http(authorized(HttpCall.get(URI.create(address(path) + "?" + query))));
        if (response.ok()) {
            return response;
        }
        Outcome outcome = refused(response);
        Reason reason = outcome instanceof Outcome.Refused refusal
                ? refusal.reason()
                : outcome instanceof Outcome.Retry retry ? retry.reason() : Reason.PROVIDER_DOWN;
        throw TransportFailure.notSent(reason, detail(outcome));
    }

    private static String detail(Outcome outcome) {
        return outcome instanceof Outcome.Refused refusal
                ? refusal.detail()
                : outcome instanceof Outcome.Retry retry ? retry.detail() : "Meta answered with an error of its own";
    }

    /** Posts JSON; {@code taken} says what a good answer means. */
    public Outcome post(String path, ObjectNode body, Function<JsonFields, Outcome> taken) {
        return post(path, body, taken, this::refused);
    }

    /** The same, where {@code otherwise} says what any other answer means. */
    Outcome post(
            String path, ObjectNode body, Function<JsonFields, Outcome> taken, Function<Response, Outcome> otherwise) {
        HttpCall call = HttpCall.post(address(path), HttpCall.Body.json(Json.bytes(body)));
        return attempt(call, taken, otherwise);
    }

    /**
     * Takes stored media to Meta, which makes an id of it for {@code then}. Nothing reaches the customer by that.
     *
     * @param form what Meta requires beside the file
     * @param names of the file's field and of the id in the answer
     */
    public Outcome upload(
            String path,
            MultipartBody form,
            UploadNames names,
            Part.Media media,
            String mediaId,
            Function<String, Outcome> then) {
        try {
            HttpCall.Body body = form.file(
                    names.file(),
                    names.named() ? media.fileName() : null,
                    media.mimeType(),
                    () -> transport.open(mediaId));
            Response response = transport.http(authorized(HttpCall.post(address(path), body)));
            if (!response.ok()) {
                return refused(response).repeatable();
            }
            String id = JsonFields.of(response.json()).word(names.id());
            return id == null
                    ? new Outcome.Retry(Reason.PROVIDER_DOWN, "Meta gave no id for an upload")
                    : then.apply(id);
        } catch (TransportFailure e) {
            return Outcome.of(e).repeatable();
        } catch (IOException e) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "the stored attachment cannot be opened");
        }
    }

    /** Asks where the bytes of a media item are, and fetches them from there; the address lives for five minutes. */
    public Outcome fetch(Part.Media media, long largest) {
        String source = media.source();
        if (source == null || !source.matches("[A-Za-z0-9_-]{1,128}")) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "this attachment has no id at Meta");
        }
        Function<JsonFields, Outcome> found =
                answer -> answer.node().path("file_size").asLong() > largest
                        ? MediaDownload.tooLarge(largest)
                        : MediaDownload.address(answer.word("url"))
                                .filter(this::isSafe)
                                .map(uri -> MediaDownload.fetch(
                                        file(uri), largest, media.fileName(), transport, this::missed))
                                .orElseGet(MediaDownload::noAddress);
        return attempt(HttpCall.get(address(source)), found, this::missed).repeatable();
    }

    private Outcome attempt(HttpCall call, Function<JsonFields, Outcome> taken, Function<Response, Outcome> otherwise) {
        return transport.attempt(
                authorized(call),
                answer -> answer.ok() ? taken.apply(JsonFields.of(answer.json())) : otherwise.apply(answer));
    }

    Outcome refused(Response response) {
        return GraphErrors.outcome(codes, response);
    }

    /** Media ids expire after 7 days, addresses after minutes. */
    private Outcome missed(Response response) {
        return MediaDownload.isGone(response) || GraphErrors.code(response) == GraphErrors.WRONG_PARAMETER
                ? new Outcome.Refused(
                        Reason.MEDIA_REFUSED, "Meta answered " + response.status() + ": the media is gone or expired")
                : refused(response);
    }

    /** The token may go there over TLS only, or to where the operator sent it anyway. */
    private boolean isSafe(URI uri) {
        return "https".equals(uri.getScheme()) || file(uri).isTrusted();
    }

    private HttpCall file(URI uri) {
        // the media host asks for the token too, and turns some default agents away
        return authorized(HttpCall.get(uri)).header("User-Agent", "dragoman");
    }

    private HttpCall authorized(HttpCall call) {
        return call.bearer(token).trusting(base);
    }

    /**
     * What a product of Meta's calls a file and the id that it gives it.
     *
     * @param named whether the customer sees the file's name, which other products take when it is sent
     */
    public record UploadNames(String file, String id, boolean named) {}

    private URI address(String path) {
        return URI.create(base + "/" + account.get(API_VERSION) + "/" + path);
    }
}
