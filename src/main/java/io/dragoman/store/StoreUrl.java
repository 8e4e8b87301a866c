// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.connector.Secret;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which store. */
public sealed interface StoreUrl {
    /** The embedded one: a file that one gateway uses. */
    record Sqlite(Path file) implements StoreUrl {
        @Override
        public String toString() {
            return "sqlite:" + file;
        }
    }

    /**
     * A PostgreSQL that several gateways may share.
     *
     * @param address {@code postgresql://user@host:5432/name}, with the driver's parameters after a question mark
     */
    record Postgres(URI address, @Nullable Secret password) implements StoreUrl {
        String user() {
            String user = address.getUserInfo();
            return user == null ? "" : user;
        }

        String jdbc() {
            String port = address.getPort() < 0 ? "" : ":" + address.getPort();
            String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
            return "jdbc:postgresql://" + address.getHost() + port + address.getRawPath() + query;
        }

        @Override
        public String toString() {
            return address.toString();
        }
    }

    /**
     * Reads {@code store.url}.
     *
     * @param home what a relative file is below
     */
    static StoreUrl of(String url, @Nullable Secret password, Path home) {
        return url.startsWith("sqlite:")
                ? new Sqlite(home.resolve(url.substring("sqlite:".length())).normalize())
                : new Postgres(URI.create(url), password);
    }
}
