// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin;

import io.dragoman.admin.ApiRequest.Refusal;
import io.dragoman.admin.access.Cookies;
import io.dragoman.admin.access.OidcLogin;
import io.dragoman.admin.access.Principal;
import io.dragoman.admin.access.Sessions;
import io.dragoman.app.audit.Actor;
import io.dragoman.app.audit.AuditTrail;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Logging in to the console at an identity provider. Blocks. */
final class OidcApi {
    /** What providers add to the address that they send a browser back to. */
    static final String[] PARAMETERS = {
        "code",
        "state",
        "iss",
        "session_state",
        "scope",
        "authuser",
        "prompt",
        "hd",
        "error",
        "error_description",
        "error_uri"
    };

    /** Null where no identity provider is configured. */
    private final @Nullable OidcLogin logins;

    private final Sessions sessions;
    private final AuditTrail audit;
    private final String base;

    OidcApi(AdminRoutes.Access access, AuditTrail audit) {
        this.logins = access.logins();
        this.sessions = access.sessions();
        this.base = access.base();
        this.audit = audit;
    }

    /** How one can log in, besides by a token. */
    private record Options(boolean oidc) {}

    ApiResponse options(ApiRequest request) {
        return ApiResponse.json(200, new Options(logins != null));
    }

    ApiResponse begin(ApiRequest request) throws Refusal {
        OidcLogin.Beginning beginning = logins().begin()
                .orElseThrow(() -> new Refusal(503, "The identity provider cannot be used now. See the log."));
        return ApiResponse.redirect(
                beginning.location(),
                Cookies.crossing(
                        OidcLogin.COOKIE,
                        beginning.cookie(),
                        base,
                        request.caller().https()));
    }

    ApiResponse end(ApiRequest request) throws Refusal {
        Optional<Principal> known = logins().end(request.parameters(), request.cookies());
        Principal identity = known.orElseThrow(() -> new Refusal(401, "The login is refused. See the log."));
        Sessions.Begun begun = sessions.begin(identity);
        audit.note(new Actor(identity.name(), identity.role(), request.caller().address()), "session.begin");
        return ApiResponse.redirect(
                base + "/console/",
                Cookies.set(
                        Cookies.SESSION, begun.cookie(), base, request.caller().https()));
    }

    private OidcLogin logins() throws Refusal {
        if (logins == null) {
            throw new Refusal(404, "No identity provider is configured: there is no admin.oidc in gateway.yaml.");
        }
        return logins;
    }
}
