// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.JwksSource;
import io.dragoman.connector.Response;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.MediaDownload;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that issuers of tokens publish, fetched when they are first needed and kept. One fetch serves all that wait
 * for it, and nobody holds a thread meanwhile. Keys that a day passed over are fetched anew beside their use; a second day
 * without an answer ends it. Thread-safe.
 */
public final class JwksCache {
    private static final Logger LOG = LoggerFactory.getLogger(JwksCache.class);

    private static final int MOST = 500;
    private static final Duration FRESH = Duration.ofDays(1);
    private static final Duration USABLE = Duration.ofDays(2);
    /** Between two fetches because of a key that is not known: whoever invents keys causes no more. */
    private static final Duration BETWEEN_UNKNOWN = Duration.ofHours(1);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Transport transport;
    private final Executor threads;
    private final Map<JwksSource, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JwksSource, Entry> eldest) {
            return size() > MOST;
        }
    };

    /**
     * @param threads what fetches run on
     */
    public JwksCache(Transport transport, Executor threads) {
        this.transport = transport;
        this.threads = threads;
    }

    /** The keys of a source cannot be had now; whoever needs them is to come again. */
    public static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unavailable(String message) {
            super(message, null, false, false);
        }
    }

    private static final class Entry {
        private @Nullable Jwks keys;
        private Instant fetched = Instant.MIN;
        private Instant failed = Instant.MIN;
        private Instant unknown = Instant.MIN;
        private @Nullable CompletableFuture<Jwks> running;
    }

    /** The keys of a source; fails with {@link Unavailable}. */
    public CompletableFuture<Jwks> get(JwksSource source) {
        Instant now = transport.clock().instant();
        synchronized (entries) {
            Entry entry = entries.computeIfAbsent(source, none -> new Entry());
            Jwks keys = entry.keys;
            if (keys != null && isWithin(entry.fetched, FRESH, now)) {
                return CompletableFuture.completedFuture(keys);
            }
            CompletableFuture<Jwks> fetch = fetch(source, entry, now);
            return keys != null && isWithin(entry.fetched, USABLE, now)
                    ? CompletableFuture.completedFuture(keys)
                    : fetch;
        }
    }

    /** Newer keys than those that did not have one, where the source may be asked; else the same. */
    public CompletableFuture<Jwks> newer(JwksSource source, Jwks known) {
        Instant now = transport.clock().instant();
        synchronized (entries) {
            Entry entry = entries.computeIfAbsent(source, none -> new Entry());
            Jwks keys = entry.keys;
            if (keys != null && keys != known) {
                return CompletableFuture.completedFuture(keys);
            }
            if (entry.running == null && isWithin(entry.unknown, BETWEEN_UNKNOWN, now)) {
                return CompletableFuture.completedFuture(known);
            }
            entry.unknown = now;
            return fetch(source, entry, now).exceptionally(failure -> known);
        }
    }

    private static boolean isWithin(Instant since, Duration span, Instant now) {
        return !since.equals(Instant.MIN) && now.isBefore(since.plus(span));
    }

    private CompletableFuture<Jwks> fetch(JwksSource source, Entry entry, Instant now) {
        CompletableFuture<Jwks> running = entry.running;
        if (running != null) {
            return running;
        }
        if (isWithin(entry.failed, AFTER_FAILURE, now)) {
            return CompletableFuture.failedFuture(new Unavailable("the last try just failed"));
        }
        CompletableFuture<Jwks> next = new CompletableFuture<>();
        entry.running = next;
        threads.execute(() -> run(source, entry, next));
        return next;
    }

    private void run(JwksSource source, Entry entry, CompletableFuture<Jwks> waiting) {
        Jwks keys = null;
        String why = "it has no key";
        try {
            keys = ask(source);
        } catch (TransportFailure e) {
            why = e.detail();
        } catch (RuntimeException e) {
            why = e.getClass().getSimpleName();
        }
        Instant now = transport.clock().instant();
        synchronized (entries) {
            entry.running = null;
            entry.failed = keys == null ? now : Instant.MIN;
            if (keys != null) {
                entry.keys = keys;
                entry.fetched = now;
            }
        }
        if (keys == null) {
            LOG.warn(
                    "intake: the keys at {} cannot be fetched: {}",
                    source.address().getHost(),
                    why);
            waiting.completeExceptionally(new Unavailable(why));
        } else {
            waiting.complete(keys);
        }
    }

    private @Nullable Jwks ask(JwksSource source) throws TransportFailure {
        JsonNode document = json(source.address(), source);
        if (source.metadata()) {
            document = json(address(document.path("jwks_uri").asText("")), source);
        }
        return Jwks.of(document).filter(keys -> keys.size() > 0).orElse(null);
    }

    private static URI address(String text) throws TransportFailure {
        return MediaDownload.address(text)
                .orElseThrow(() -> TransportFailure.forbidden("its jwks_uri is no address of the web"));
    }

    private JsonNode json(URI address, JwksSource source) throws TransportFailure {
        Response answer = transport
                .with(source.trust())
                .http(HttpCall.get(address)
                        .header("Accept", "application/json")
                        .timeout(TIMEOUT)
                        .trusting(source.address()));
        if (!answer.ok()) {
            throw TransportFailure.forbidden(address.getHost() + " answered " + answer.status());
        }
        return answer.json();
    }
}
