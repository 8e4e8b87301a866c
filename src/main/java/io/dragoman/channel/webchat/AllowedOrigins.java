// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The websites that may show the chat: origins as browsers write them (RFC 6454), compared whole. No pattern, no suffix,
 * and never {@code null}, which is what every sandboxed page and local file calls itself.
 */
record AllowedOrigins(Set<String> listed) {
    AllowedOrigins {
        listed = Set.copyOf(listed);
    }

    /**
     * Reads a list with commas between.
     *
     * @throws IllegalArgumentException saying what is expected
     */
    static AllowedOrigins parse(String text) {
        return new AllowedOrigins(Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(AllowedOrigins::origin)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    private static String origin(String text) {
        try {
            URI uri = URI.create(text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            boolean bare = uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (web && bare && uri.getHost() != null && uri.getUserInfo() == null) {
                return of(uri);
            }
        } catch (IllegalArgumentException | NullPointerException e) {
            // falls through to the one message
        }
        throw new IllegalArgumentException(
                "must be the origins of websites with commas between, such as https://shop.example,"
                        + " https://www.shop.example: scheme, host and port, no path and no *");
    }

    /** The origin of an address, without the port that goes without saying. */
    static String of(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        boolean usual = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host + (usual ? "" : ":" + uri.getPort());
    }

    /** Whether a browser's {@code Origin} is one of these, or our own, in which the widget itself runs. */
    boolean allows(@Nullable String origin, URI own) {
        return origin != null && (listed.contains(origin) || origin.equals(of(own)));
    }

    /** In order, for a header. */
    List<String> sorted() {
        return listed.stream().sorted().toList();
    }
}
