// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.ClientCredentials;
import io.dragoman.connector.Secret;
import io.dragoman.connector.TokenGrant;
import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How an account gets the access token that its requests carry: the client credentials grant (RFC 6749 §4.4). Immutable.
 *
 * @param tokenUrl the setting with the address of the token endpoint
 * @param clientId the setting with the client's id
 * @param clientSecret the setting with its secret
 * @param scope what the token is for; a text without anything where that is not said
 * @param audience the API that it is for, likewise
 * @param basic whether id and secret go in the {@code Authorization} header, else in the form
 */
record TokenFields(
        String tokenUrl,
        String clientId,
        String clientSecret,
        TextTemplate scope,
        TextTemplate audience,
        boolean basic) {

    /** That of an account, whose settings are all there. */
    TokenGrant grant(Account account) throws ExpressionFailed {
        Map<String, Object> context = Map.of("settings", SettingText.all(account));
        return new ClientCredentials(
                value(account, tokenUrl, URI.class),
                value(account, clientId, String.class),
                value(account, clientSecret, Secret.class),
                scope.render(context, context, UnaryOperator.identity()).strip(),
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
