// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.connector.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which store. */
public sealed interface StoreUrl {
    /** Where it is, in one word: two with the same word are one store. */
    String place();

    /** The embedded one: a file that one gateway uses. */
    record Sqlite(Path file) implements StoreUrl {
        @Override
        public String place() {
            return toString();
        }

        @Override
        public String toString() {
            return "sqlite:" + file;
        }
    }

    /**
     * A PostgreSQL that several gateways may share.
     *
     * @param address {@code postgresql://user@host:5432/name}, with the driver's parameters after a question mark; several
     *     hosts have commas between them
     */
    record Postgres(URI address, @Nullable Secret password) implements StoreUrl {
        private static final Pattern SCHEMA = Pattern.compile("(?:^|&)currentSchema=([^&,]*)");

        /** Without a schema in the address it is the server's default, of which all users have the same. */
        @Override
        public String place() {
            Matcher schema = SCHEMA.matcher(address.getRawQuery() == null ? "" : address.getRawQuery());
            return address.getHost() + ":" + (address.getPort() < 0 ? 5432 : address.getPort()) + address.getRawPath()
                    + "#" + (schema.find() ? schema.group(1) : "public");
        }

        String user() {
            String authority = String.valueOf(address.getAuthority());
            return authority.substring(0, Math.max(0, authority.indexOf('@')));
        }

        /** The hosts with their ports, as they are written. */
        private String hosts() {
            String authority = address.getRawAuthority();
            return authority.substring(authority.indexOf('@') + 1);
        }

        /** Whether it names a server and those that may take its place. */
        boolean severalHosts() {
            return hosts().indexOf(',') >= 0;
        }

        String jdbc() {
            String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
            // of several only the one that takes writes is asked, whichever that is at the time
            String primary = severalHosts() && !query.contains("targetServerType=")
                    ? (query.isEmpty() ? "?" : "&") + "targetServerType=primary"
                    : "";
            return "jdbc:postgresql://" + hosts() + address.getRawPath() + query + primary;
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
