// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.admin.access.BearerTokens;
import io.dragoman.admin.access.Cookies;
import io.dragoman.admin.access.Principal;
import io.dragoman.admin.access.Session;
import io.dragoman.admin.access.Sessions;
import io.dragoman.app.audit.Actor;
import io.dragoman.app.audit.AuditTrail;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Role;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Logging in to the console and out again. Does not block. */
final class SessionApi {
    private final BearerTokens tokens;
    private final Sessions sessions;
    private final AuditTrail audit;
    private final String base;

    SessionApi(AdminRoutes.Access access, AuditTrail audit) {
        this.tokens = access.tokens();
        this.sessions = access.sessions();
        this.base = access.base();
        this.audit = audit;
    }

    /**
     * Who is logged in.
     *
     * @param csrf what each request that changes something must carry; null for a bearer token
     * @param expiresAt when the session ends if nothing more is asked; null for a bearer token
     */
    private record LoggedIn(
            String name,
            Role role,
            @Nullable String csrf,
            @Nullable Instant expiresAt) {
        static LoggedIn by(Session session) {
            Principal identity = session.identity();
            return new LoggedIn(identity.name(), identity.role(), session.csrf(), session.expiresAt());
        }

        @Override
        public String toString() {
            return "LoggedIn[" + name + "]";
        }
    }

    ApiResponse begin(ApiRequest request) throws Refusal {
        request.requireJson();
        Principal identity = tokens.find(token(request))
                .orElseThrow(() -> new Refusal(401, "The login is refused: this is none of the tokens."));
        Sessions.Begun begun = sessions.begin(identity);
        audit.note(new Actor(identity.name(), identity.role(), request.caller().address()), "session.begin");
        return ApiResponse.json(
                200,
                LoggedIn.by(begun.session()),
                Cookies.set(
                        Cookies.SESSION, begun.cookie(), base, request.caller().https()));
    }

    private static String token(ApiRequest request) throws Refusal {
        try {
            return JsonFields.of(request.body()).text("token");
        } catch (MalformedPayload e) {
            throw Refusal.unreadable(e);
        }
    }

    ApiResponse show(ApiRequest request) {
        Session session = request.caller().session();
        Principal identity = Objects.requireNonNull(request.caller().identity());
        return ApiResponse.json(
                200,
                session == null ? new LoggedIn(identity.name(), identity.role(), null, null) : LoggedIn.by(session));
    }

    ApiResponse end(ApiRequest request) throws Refusal {
        Session session = request.caller().session();
        if (session == null) {
            throw new Refusal(409, "A bearer token has no session to end.");
        }
        sessions.end(session);
        audit.note(request.actor(), "session.end");
        return ApiResponse.empty(
                Cookies.remove(Cookies.SESSION, base, request.caller().https()));
    }
}
