// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.TokenGrant;
import io.dragoman.connector.Transport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What requests carry to be let in. Immutable.
 *
 * @param headers in order
 * @param token the access token that they carry besides; null for none
 */
record Credentials(
        Map<String, TextTemplate> headers, @Nullable TokenFields token) {
    static final Credentials NONE = new Credentials(Map.of(), null);

    Credentials {
        headers = Map.copyOf(headers);
    }

    /** The same with further headers, which go before ours. */
    Credentials with(Map<String, TextTemplate> more) {
        Map<String, TextTemplate> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Credentials(all, token);
    }

    /** How an account gets its access token; empty where it needs none. */
    Optional<TokenGrant> grant(Account account) throws ExpressionFailed {
        return token == null ? Optional.empty() : Optional.of(token.grant(account));
    }

    /** Sends a request, with an access token where one is needed: a refused one is fetched anew once. */
    Outcome attempt(Account account, HttpCall call, Transport transport, Function<Response, Outcome> answered)
            throws ExpressionFailed {
        Optional<TokenGrant> grant = grant(account);
        return grant.isEmpty()
                ? transport.attempt(call, answered)
                : transport.tokens().attempt(grant.get(), transport, call, answered);
    }
}
