// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin.access;

import io.vertx.core.MultiMap;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells who sends a request: by a bearer token, or by the cookie of a session. Thread-safe. */
public final class Gatekeeper {
    /** The name of {@code admin.token}'s owner. */
    public static final String ADMIN = "admin";

    private static final String BEARER = "Bearer ";

    private final BearerTokens tokens;
    private final Sessions sessions;

    public Gatekeeper(BearerTokens tokens, Sessions sessions) {
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /**
     * Who a request comes from.
     *
     * @param guessed whether it showed a token that is none
     * @param identity null when it showed nothing that lets in
     * @param session null when it did not come by a session
     */
    public record Visitor(
            boolean guessed,
            @Nullable Principal identity,
            @Nullable Session session) {}

    /**
     * Looks at what a request shows. A token that is shown decides alone: no cookie makes up for a wrong one.
     *
     * @param cookies whether a session's cookie counts here
     */
    public Visitor look(MultiMap headers, boolean cookies) {
        List<String> shown = headers.getAll("Authorization");
        if (!shown.isEmpty()) {
            Principal identity = bearer(shown).orElse(null);
            return new Visitor(identity == null, commandLine(identity, headers.getAll("X-Dragoman-User")), null);
        }
        Session session = cookies
                ? Cookies.find(headers.getAll("Cookie"), Cookies.SESSION)
                        .flatMap(cookie -> sessions.find(cookie, isAttended(headers)))
                        .orElse(null)
                : null;
        return new Visitor(false, session == null ? null : session.identity(), session);
    }

    /** A page that is left open loads anew what changes, and its stream comes back: nobody is there for that. */
    private static boolean isAttended(MultiMap headers) {
        return !headers.contains("X-Unattended")
                && !String.valueOf(headers.get("Accept")).startsWith("text/event-stream");
    }

    /** Whether a session goes on; that somebody asks so does not keep it alive. */
    public boolean goesOn(Session session) {
        return sessions.goesOn(session);
    }

    /** The command line has the operator's own token, and says who uses it; so may whoever else has that token. */
    private static @Nullable Principal commandLine(@Nullable Principal identity, List<String> user) {
        return identity != null
                        && identity.name().equals(ADMIN)
                        && user.size() == 1
                        && user.get(0).matches("[A-Za-z0-9._-]{1,64}")
                ? new Principal("cli:" + user.get(0), identity.role())
                : identity;
    }

    private Optional<Principal> bearer(List<String> shown) {
        return shown.size() == 1 && shown.get(0).regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? tokens.find(shown.get(0).substring(BEARER.length()).strip())
                : Optional.empty();
    }

    /** Whether a request that changes something was sent by a page of ours, and not by another site's. */
    public static boolean ownPage(Session session, MultiMap headers) {
        List<String> csrf = headers.getAll("X-CSRF-Token");
        return csrf.size() == 1 && session.hasCsrf(csrf.get(0)) && sameOrigin(headers);
    }

    /** What the browser says of where a request comes from; a client that says nothing is no browser. */
    public static boolean sameOrigin(MultiMap headers) {
        if (headers.getAll("Origin").size() > 1
                || headers.getAll("Sec-Fetch-Site").size() > 1) {
            return false; // no browser says it twice
        }
        String site = headers.get("Sec-Fetch-Site");
        String origin = headers.get("Origin");
        if (site != null) {
            return site.equals("same-origin");
        }
        return origin == null
                || authority(origin).equals(String.valueOf(headers.get("Host")).toLowerCase(Locale.ROOT));
    }

    private static String authority(String origin) {
        try {
            return String.valueOf(URI.create(origin).getRawAuthority()).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
