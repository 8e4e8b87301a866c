// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.store.StoreUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is stored: {@code store} of {@code gateway.yaml}.
 *
 * @param data the folder for what lasts beside the store
 * @param key this installation's key, where it is configured
 * @param s3 the bucket that media is kept in; empty for the data folder
 */
public record StoreSettings(StoreUrl url, Path data, Optional<Secret> key, Optional<S3Settings> s3) {
    private static final String SQLITE = "sqlite:";
    private static final String HOST = "([\\w.-]+|\\[[0-9a-fA-F:.]+])(:\\d{1,5})?";
    private static final Pattern HOSTS = Pattern.compile(HOST + "(," + HOST + ")*");

    static final Setting<String> URL = new Setting<>(
            "store.url",
            "Where everything is stored: sqlite: and a file below the home folder,"
                    + " or postgresql://user@host:5432/name; a server and its standbys have commas between them.",
            Setting.Type.TEXT,
            "sqlite:data/dragoman.db",
            false,
            List.of(),
            StoreSettings::checked);
    static final Setting<Secret> PASSWORD =
            Setting.secret("store.password", "Password of the PostgreSQL user in store.url.");
    private static final Setting<String> FOLDER = Setting.text(
            "store.folder",
            "Where media, large bodies and this installation's key are stored, below the home folder. Gateways that share"
                    + " a PostgreSQL share this folder too. Without it: the folder of the SQLite file, or data.");

    private static final Setting<Secret> KEY = Setting.secret(
                    "store.key",
                    "This installation's key, at least 32 characters, the same for all gateways that share a PostgreSQL"
                            + " without sharing store.folder; links to media and tokens of visitors are signed with it."
                            + " Without it, one is made at the first start and kept in the data folder.")
            .checked(text -> text.length() >= 32, "must have at least 32 characters, as of openssl rand -hex 32");

    static final List<Setting<?>> ALL = Stream.of(List.of(URL, PASSWORD, FOLDER, KEY), S3Settings.ALL)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    /** One with media and key in its data folder. */
    public StoreSettings(StoreUrl url, Path data) {
        this(url, data, Optional.empty(), Optional.empty());
    }

    /**
     * What the values say.
     *
     * @param home what relative files and folders are below
     */
    static StoreSettings of(SettingValues values, Path home) {
        String url = values.get(URL);
        Path data = values.find(FOLDER)
                .map(folder -> home.resolve(folder).normalize())
                .orElseGet(() -> beside(url, home));
        return new StoreSettings(
                StoreUrl.of(url, values.find(PASSWORD).orElse(null), home),
                data,
                values.find(KEY),
                S3Settings.of(values));
    }

    /**
     * A store that no file configures.
     *
     * @throws IllegalArgumentException with what the text must be
     */
    public static StoreSettings at(String url, @Nullable Secret password, Path home) {
        return new StoreSettings(StoreUrl.of(checked(url), password, home), beside(url, home));
    }

    private static Path beside(String url, Path home) {
        Path file = home.resolve(sqlite(url) ? url.substring(SQLITE.length()) : "data/x");
        Path parent = file.normalize().getParent();
        return parent == null ? home : parent;
    }

    static boolean sqlite(String url) {
        return url.startsWith(SQLITE);
    }

    private static String checked(String text) {
        if (sqlite(text) && text.length() > SQLITE.length()) {
            return text;
        }
        try {
            URI uri = new URI(text);
            if ("postgresql".equals(uri.getScheme()) && uri.getRawAuthority() != null) {
                String authority = uri.getRawAuthority();
                int at = authority.indexOf('@');
                if (authority.substring(0, Math.max(0, at)).indexOf(':') >= 0) {
                    throw new IllegalArgumentException(
                            "must not contain a password; put it into store.password as \"${env:NAME}\"");
                }
                if (HOSTS.matcher(authority.substring(at + 1)).matches()) {
                    return text;
                }
            }
        } catch (URISyntaxException e) {
            // falls through to the one message
        }
        throw new IllegalArgumentException("must be sqlite:data/dragoman.db or postgresql://user@host:5432/name");
    }
}
