// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin.access;

import io.dragoman.connector.Secret;
import java.util.List;
import java.util.Optional;

/** Cookies as text: ours are random words, so that nothing need be quoted. */
public final class Cookies {
    /** The one that stands for a session. */
    public static final String SESSION = "dragoman_session";

    private static final int LONGEST = 200;

    private Cookies() {}

    /** The value of a cookie in the {@code Cookie} headers of a request; empty also when there are several. */
    static Optional<String> find(List<String> headers, String name) {
        List<String> values = headers.stream()
                .flatMap(header -> List.of(header.split(";", -1)).stream())
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .toList();
        // of two, one was planted, by a neighbour under the same domain
        return values.size() == 1 && !values.get(0).isEmpty() && values.get(0).length() <= LONGEST
                ? Optional.of(values.get(0))
                : Optional.empty();
    }

    /**
     * A {@code Set-Cookie} that ends with the browser.
     *
     * @param base what stands before every path of this admin port: of a tenant's, the browser shows it to no other's
     * @param secure whether the browser came by https
     */
    public static String set(String name, Secret value, String base, boolean secure) {
        return name + "=" + value.value() + "; Path=" + base + "/; HttpOnly; SameSite=Strict"
                + (secure ? "; Secure" : "");
    }

    /** A {@code Set-Cookie} for ten minutes that a browser sends also when it comes back from another site. */
    public static String crossing(String name, Secret value, String base, boolean secure) {
        return name + "=" + value.value() + "; Path=" + base + "/console/oidc; Max-Age=600; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }

    /** A {@code Set-Cookie} that removes it. */
    public static String remove(String name, String base, boolean secure) {
        return name + "=; Path=" + base + "/; Max-Age=0; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
    }
}
