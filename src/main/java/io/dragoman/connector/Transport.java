// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The only way out. Enforces timeouts, size caps and the guard against requests into our own network, follows no
 * redirect that a call does not ask for, and takes credentials to no other host. Thread-safe.
 */
public interface Transport {

    /** Sends one HTTP request and reads the whole, capped response. Any status is a response, not a failure. */
    Response http(HttpCall call) throws TransportFailure;

    /** Sends one HTTP request and says how it ended: {@code answered} of any response, a lost connection by itself. */
    default Outcome attempt(HttpCall call, Function<Response, Outcome> answered) {
        try {
            return answered.apply(http(call));
        } catch (TransportFailure e) {
            return Outcome.of(e);
        }
    }

    /**
     * Streams the response of a GET into the content-addressed store.
     *
     * @param largest in bytes; a larger body is given up
     * @return the stored bytes, or the response when its status is not 2xx, or a refusal when it is too large
     */
    Download download(HttpCall call, long largest) throws TransportFailure;

    /** Stores bytes that came another way. */
    StoredBlob keep(InputStream bytes, String mimeType) throws IOException;

    /** Opens the bytes of stored media by its id. */
    InputStream open(String mediaId) throws IOException;

    /** Hands one finished mail to a mail server. A refusal by the server is a reply, not a failure. */
    SmtpReply smtp(SmtpServer server, String envelopeFrom, List<String> to, byte[] mail) throws TransportFailure;

    /** The same, for servers with a certificate of an authority that an account trusts; that of a test is not asked. */
    default Transport with(Trust trust) {
        return this;
    }

    /** The time, for a request that must carry it in its signature. */
    Clock clock();

    /** The access tokens with which accounts call servers that ask for one. */
    default AccessTokens tokens() {
        throw new UnsupportedOperationException("there are no access tokens here");
    }

    /**
     * Opens a WebSocket (RFC 6455), guarded as any call is.
     *
     * @param call a GET whose address is written with {@code http} or {@code https} for {@code ws} or {@code wss}
     * @param largest the longest message that is taken, in characters; a longer one ends the connection
     */
    default TextSocket webSocket(HttpCall call, int largest) throws TransportFailure {
        throw TransportFailure.notSent(Reason.UNSUPPORTED, "there are no WebSockets here");
    }

    /** Puts an entry at the end of a feed, durably: it is there when this returns. The same key twice is one entry. */
    default void publish(Account account, FeedEntry entry) throws TransportFailure {
        throw TransportFailure.notSent(Reason.UNSUPPORTED, "there are no feeds here");
    }

    /**
     * Takes {@code uses} of each budget, durably: they count when this returns, whatever becomes of the process.
     *
     * @return the first budget with too few left, and then none is taken of any; empty when they are taken
     */
    default Optional<Budget> spend(Account account, List<Budget> budgets, int uses) throws TransportFailure {
        throw TransportFailure.notSent(Reason.UNSUPPORTED, "there are no budgets here");
    }

    /** Gives back what was taken and surely not used. */
    default void refund(Account account, List<Budget> budgets, int uses) throws TransportFailure {
        throw TransportFailure.notSent(Reason.UNSUPPORTED, "there are no budgets here");
    }

    /** Hands JSON to a route of the operator's own; it is sent when that route is through. */
    default void route(String endpoint, byte[] json) throws TransportFailure {
        throw TransportFailure.notSent(Reason.UNSUPPORTED, "there are no routes here");
    }

    /** How a download ended. */
    sealed interface Download {
        record Done(StoredBlob blob) implements Download {}

        record Answered(Response response) implements Download {}

        record TooLarge() implements Download {}
    }

    /**
     * A mail server to hand mail to.
     *
     * @param tls how the connection is protected
     * @param user null sends without logging in
     * @param token whether the password is an OAuth 2 access token (XOAUTH2)
     */
    record SmtpServer(
            String host,
            int port,
            Tls tls,
            @Nullable String user,
            @Nullable Secret password,
            boolean token) {}

    /** How a mail connection is protected. */
    enum Tls {
        /** TLS from the first byte. */
        TRUE,
        /** STARTTLS, required. */
        START,
        /** Not at all: only for a server on this machine. */
        FALSE
    }

    /**
     * The server's last word: 250 took it.
     *
     * @param enhanced the RFC 3463 code, empty when there was none
     * @param refused the recipients that the server refused, each with what it said, when the mail was for several: then
     *     nobody has got it
     */
    record SmtpReply(int code, String enhanced, Map<String, SmtpReply> refused) {
        public SmtpReply {
            refused = Map.copyOf(refused);
        }

        /** About the whole mail. */
        public SmtpReply(int code, String enhanced) {
            this(code, enhanced, Map.of());
        }

        @Override
        public String toString() {
            return ("SmtpReply[" + code + " " + enhanced).trim() + "]"; // addresses stay out of logs
        }
    }
}
