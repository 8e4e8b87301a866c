// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Setting;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Hosts as people write them, with commas between: {@code files.internal, 10.1.0.5:8065}. */
final class PlainHosts {
    private static final int HTTP = 80;

    private PlainHosts() {}

    /** A setting whose value is any number of hosts, in lower case and each with its port. */
    static Setting<Set<String>> setting(String name, String description) {
        return new Setting<>(name, description, Setting.Type.TEXT, null, false, List.of(), PlainHosts::parse);
    }

    private static Set<String> parse(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(PlainHosts::host)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String host(String text) {
        try {
            URI uri = URI.create("http://" + text);
            String host = uri.getHost();
            if (host != null && uri.getUserInfo() == null && text.equals(uri.getRawAuthority())) {
                return host.toLowerCase(Locale.ROOT) + ":" + (uri.getPort() < 0 ? HTTP : uri.getPort());
            }
        } catch (IllegalArgumentException e) {
            // falls through to the one message
        }
        throw new IllegalArgumentException(
                "must be hosts, with a port where it is not 80 and commas between, such as files.internal, 10.1.0.5:8065");
    }
}
