// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.FileHost;
import io.dragoman.connector.HttpCall;
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
        ConfiguredAccount configured = desk == null ? null : registry.find(desk).orElse(null);
        return configured != null && configured.connector() instanceof FileHost host
                ? host.file(configured.account(), get)
                : get;
    }

    /** Why a link will never be followed; empty when it may be. Asks nobody. */
    public Optional<String> refusal(URI link, @Nullable String desk) {
        return get(link, desk).isTrusted() ? Optional.empty() : guard.apply(link);
    }
}
