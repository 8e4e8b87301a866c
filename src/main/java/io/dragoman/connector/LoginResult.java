// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Instant;

/** How a person's login at an authorization server ended. */
public sealed interface LoginResult {
    /** The person allowed it. */
    record LoggedIn(RefreshToken token) implements LoginResult {}

    /**
     * There is no login.
     *
     * @param why a sentence for the operator, with what to do
     */
    record NotLoggedIn(String why) implements LoginResult {}

    /** What the answer with a token means; without a refresh token it is no login, for it would end within the hour. */
    static LoginResult of(RefreshGrant grant, Response answer, Instant now) {
        return grant.read(answer) instanceof TokenGrant.Granted
                ? RefreshToken.of(grant.clientId(), answer, now)
                        .<LoginResult>map(LoggedIn::new)
                        .orElseGet(
                                () -> new NotLoggedIn(
                                        "The provider gave no refresh token, so that the login would end"
                                                + " within the hour: oauth.scope must ask for one, at most providers by offline_access."))
                : refused(grant, answer);
    }

    /** What an answer without a token means. */
    static LoginResult refused(RefreshGrant grant, Response answer) {
        return switch (TokenAnswer.error(answer)) {
            case "access_denied", "authorization_declined" ->
                new NotLoggedIn("The person, or the organisation, did not allow it.");
            case "expired_token", "code_expired" -> new NotLoggedIn("The code was not used in time: run it again.");
            case "invalid_scope" ->
                new NotLoggedIn("The provider does not give the permissions in oauth.scope to this application.");
            default ->
                new NotLoggedIn(grant.tokenUrl().getHost() + " answered " + answer.status() + " with error "
                        + TokenAnswer.error(answer)
                        + ": look whether oauth.clientId, oauth.clientSecret and oauth.scope are as registered there,"
                        + " and whether the application allows this kind of login.");
        };
    }
}
