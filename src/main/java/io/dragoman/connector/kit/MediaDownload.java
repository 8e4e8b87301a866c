// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Transport.Download;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.net.URI;
import java.util.Optional;
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
        return new Outcome.Refused(Reason.MEDIA_REFUSED, "the media's address is none");
    }

    /**
     * Fetches it: {@link Outcome.Fetched}, or why not.
     *
     * @param largest in bytes
     * @param server who is asked, for the operator, such as {@code Twilio}
     */
    public static Outcome fetch(HttpCall call, long largest, String server, Transport transport) {
        try {
            return outcome(transport.download(call, largest), largest, server);
        } catch (TransportFailure e) {
            return new Outcome.Retry(e.reason(), e.detail());
        }
    }

    private static Outcome outcome(Download download, long largest, String server) {
        if (download instanceof Download.Done done) {
            return new Outcome.Fetched(done.kept(), null);
        }
        if (!(download instanceof Download.Answered answered)) {
            return new Outcome.Refused(Reason.TOO_LARGE, "the media is larger than " + largest + " bytes");
        }
        int status = answered.response().status();
        if (status == 404 || status == 410) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, server + " answered " + status);
        }
        Outcome outcome = Outcome.of(answered.response(), server);
        return outcome instanceof Outcome.Uncertain unclear
                ? new Outcome.Retry(unclear.reason(), unclear.detail())
                : outcome;
    }
}
