// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.FileHost;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.MediaSource;
import io.dragoman.connector.Side;
import io.dragoman.connector.TokenGrant;
import io.dragoman.connector.Transport;
import io.dragoman.work.CallLimits;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which links of agents are followed, and how: a desk's own files with its trust, all others as a stranger's. */
public final class AgentFiles {
    private static final int REDIRECTS = 3;

    private final ConnectorRegistry registry;
    private final Function<URI, Optional<String>> guard;

    /**
     * @param guard why a stranger's address will never be asked, as far as its text tells
     */
    public AgentFiles(ConnectorRegistry registry, Function<URI, Optional<String>> guard) {
        this.registry = registry;
        this.guard = guard;
    }

    /**
     * How a file is fetched.
     *
     * @param desk whose agent named it
     */
    HttpCall get(URI link, @Nullable String desk) {
        HttpCall get = HttpCall.get(link).follow(REDIRECTS);
        return find(desk)
                .map(found -> found.connector() instanceof FileHost host ? host.file(found.account(), get) : get)
                .orElse(get);
    }

    /** How the access token is had with which it is fetched; empty where it needs none. */
    Optional<TokenGrant> grant(HttpCall call, @Nullable String desk) {
        return find(desk)
                .flatMap(found -> found.connector() instanceof FileHost host && call.isTrusted()
                        ? host.fileGrant(found.account(), call)
                        : Optional.empty());
    }

    /** Through what it is fetched: a desk's own files with the authorities that the desk's certificate may have. */
    Transport through(Transport transport, CallLimits calls, HttpCall call, @Nullable String desk) {
        return find(desk)
                .filter(found -> call.isTrusted())
                .map(found -> calls.reading(
                        found.account(), transport.with(found.account().trust()), () -> false))
                .orElse(transport);
    }

    /** The desk that brought a file with its agent's message; empty where none does. */
    Optional<ConfiguredAccount> sender(@Nullable String desk) {
        return find(desk)
                .filter(found -> found.connector().side() == Side.DESK && found.connector() instanceof MediaSource);
    }

    private Optional<ConfiguredAccount> find(@Nullable String desk) {
        return desk == null ? Optional.empty() : registry.find(desk);
    }

    /** Why a link will never be followed; empty when it may be. Asks nobody. */
    public Optional<String> refusal(URI link, @Nullable String desk) {
        return get(link, desk).isTrusted() ? Optional.empty() : guard.apply(link);
    }
}
