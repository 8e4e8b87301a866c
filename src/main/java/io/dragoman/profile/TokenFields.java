// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.ClientCredentials;
import io.dragoman.connector.PasswordCredentials;
import io.dragoman.connector.Secret;
import io.dragoman.connector.TokenGrant;
import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How an account gets the access token that its requests carry: the client credentials grant (RFC 6749 §4.4), or that of
 * a user's password (§4.3). Immutable.
 *
 * @param tokenUrl the setting with the address of the token endpoint
 * @param username the setting with the user's name; null for the client's own grant
 * @param password the setting with the user's password; null likewise
 * @param clientId the setting with the client's id; null for none
 * @param clientSecret the setting with its secret; null for none
 * @param scope what the token is for; a text without anything where that is not said
 * @param audience the API that it is for, likewise
 * @param basic whether id and secret go in the {@code Authorization} header, else in the form
 */
record TokenFields(
        String tokenUrl,
        @Nullable String username,
        @Nullable String password,
        @Nullable String clientId,
        @Nullable String clientSecret,
        TextTemplate scope,
        TextTemplate audience,
        boolean basic) {

    /** That of an account, whose settings are all there. */
    TokenGrant grant(Account account) throws ExpressionFailed {
        Map<String, Object> context = Map.of("settings", SettingText.all(account));
        URI url = value(account, tokenUrl, URI.class);
        String id = clientId == null ? "" : value(account, clientId, String.class);
        Secret secret = clientSecret == null ? null : value(account, clientSecret, Secret.class);
        String purpose =
                scope.render(context, context, UnaryOperator.identity()).strip();
        if (username != null && password != null) {
            String user = value(account, username, String.class);
            return new PasswordCredentials(
                    url, user, value(account, password, Secret.class), id, secret, purpose, basic);
        }
        if (secret == null) {
            throw new ExpressionFailed("the profile names no client secret"); // it is refused when it is read
        }
        return new ClientCredentials(
                url,
                id,
                secret,
                purpose,
                audience.render(context, context, UnaryOperator.identity()).strip(),
                basic);
    }

    private static <T> T value(Account account, String setting, Class<T> type) throws ExpressionFailed {
        Object value = account.values().get(setting);
        if (!type.isInstance(value)) {
            throw new ExpressionFailed("the account has no " + setting + ", without which there is no access token");
        }
        return type.cast(value);
    }
}
