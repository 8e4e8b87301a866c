// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import io.dragoman.connector.HttpCall;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The next call of a redirect. */
final class Redirect {
    /** Headers that may go to any server; another could be a key. */
    private static final Set<String> HARMLESS = Set.of("accept", "accept-language", "range", "user-agent");

    private Redirect() {}

    /**
     * Goes on to {@code target}. Credentials stay behind when scheme, host or port change, and so does the operator's
     * trust: an untrusted server must not lead us back to where we are trusted.
     */
    static HttpCall follow(HttpCall call, URI target) {
        if (HttpCall.sameOrigin(call.uri(), target)) {
            return new HttpCall(
                    "GET",
                    target,
                    call.headers(),
                    call.authorization(),
                    null,
                    call.isTrusted() ? call.trusted() : null,
                    call.timeout(),
                    0);
        }
        Map<String, String> headers = new HashMap<>(call.headers());
        headers.keySet().removeIf(name -> !HARMLESS.contains(name.toLowerCase(Locale.ROOT)));
        return new HttpCall("GET", target, headers, null, null, null, call.timeout(), 0);
    }
}
