// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.TokenGrant;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Transport.Download;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fetches media by HTTP. A GET changes nothing, so whatever became of one it may be tried again. */
public final class MediaDownload {
    private MediaDownload() {}

    /** The address where media is, where that is an address of the web at all. */
    public static Optional<URI> address(@Nullable String source) {
        try {
            URI uri = URI.create(String.valueOf(source));
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What to say of media without one. */
    public static Outcome noAddress() {
        return new Outcome.Refused(Reason.MEDIA_REFUSED, "the media's address is not valid");
    }

    /**
     * Fetches it: {@link Outcome.Fetched}, or why not.
     *
     * @param largest in bytes
     * @param server who is asked, for the operator, such as {@code Twilio}
     */
    public static Outcome fetch(HttpCall call, long largest, String server, Transport transport) {
        return fetch(call, largest, null, transport, refusals(server));
    }

    /** What an answer means that is not 2xx, by its status alone; what is gone stays gone. */
    public static Function<Response, Outcome> refusals(String server) {
        return answer -> isGone(answer)
                ? new Outcome.Refused(Reason.MEDIA_REFUSED, server + " answered " + answer.status())
                : Outcome.of(answer, server);
    }

    /**
     * Fetches it from a server that says in words of its own why it does not give it.
     *
     * @param largest in bytes
     * @param fileName what the media is called, where that is known
     * @param refused what an answer that is not 2xx means
     */
    public static Outcome fetch(
            HttpCall call,
            long largest,
            @Nullable String fileName,
            Transport transport,
            Function<Response, Outcome> refused) {
        try {
            Download download = transport.download(call, largest);
            if (download instanceof Download.Done done) {
                return new Outcome.Fetched(done.blob(), fileName);
            }
            return download instanceof Download.Answered answered
                    ? refused.apply(answered.response()).repeatable()
                    : tooLarge(largest);
        } catch (TransportFailure e) {
            return Outcome.of(e).repeatable();
        }
    }

    /** Fetches it likewise, with an access token: one that the server refuses is fetched anew once. */
    public static Outcome fetch(
            TokenGrant grant,
            HttpCall call,
            long largest,
            @Nullable String fileName,
            Transport transport,
            Function<Response, Outcome> refused) {
        return transport
                .tokens()
                .attempt(
                        grant,
                        transport,
                        (token, answered) -> fetch(call.bearer(token), largest, fileName, transport, answered),
                        refused);
    }

    /** What to say of media over the limit. */
    public static Outcome tooLarge(long largest) {
        return new Outcome.Refused(Reason.TOO_LARGE, "the media is larger than " + SizeText.of(largest));
    }

    /** Whether the server says that there is nothing at the address any more. */
    public static boolean isGone(Response answer) {
        return answer.status() == 404 || answer.status() == 410;
    }
}
