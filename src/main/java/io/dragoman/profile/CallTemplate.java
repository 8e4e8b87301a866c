// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.TokenGrant;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.FormFields;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One request to a provider. Its address is that of the account and a path: what is put into the path is encoded, so
 * that nothing in a message can lead the credentials elsewhere. Immutable.
 *
 * @param query whose value is a map; null for none
 * @param credentials what it carries, other headers among it; {@code Authorization} goes to no other host
 * @param body null for a request without one
 */
public record CallTemplate(
        String method,
        TextTemplate path,
        @Nullable Expression query,
        Credentials credentials,
        @Nullable BodyTemplate body) {
    /** Longer than a text takes: a file of some megabytes goes up a slow line. */
    private static final Duration UPLOAD = Duration.ofMinutes(2);

    private static final String AUTHORIZATION = "authorization";

    /**
     * The request.
     *
     * @param base the account's address
     * @param context what the expressions see
     * @param uploads the files that go in it
     */
    public HttpCall call(URI base, Map<String, Object> context, List<UploadFile> uploads) throws ExpressionFailed {
        URI uri = uri(base, context);
        HttpCall.Body content = body == null ? null : body.body(context, uploads);
        HttpCall call = (content == null ? HttpCall.get(uri) : HttpCall.post(uri, content)).trusting(base);
        call = new HttpCall(
                method,
                uri,
                call.headers(),
                null,
                content,
                call.trusted(),
                uploads.isEmpty() ? call.timeout() : UPLOAD,
                call.redirects());
        return login(call, context);
    }

    /**
     * Sends what {@link #call} made, with an access token where one is needed. Without one nothing is sent, and the
     * outcome says why.
     *
     * @param answered what an answer means
     */
    public Outcome attempt(Account account, HttpCall call, Transport transport, Function<Response, Outcome> answered)
            throws ExpressionFailed {
        return credentials.attempt(account, call, transport, answered);
    }

    /** Whether the bytes of a file go in it. */
    public boolean uploads() {
        return body != null && body.uploads();
    }

    /** How an account gets the access token of its requests; empty where they carry none. */
    Optional<TokenGrant> grant(Account account) throws ExpressionFailed {
        return credentials.grant(account);
    }

    /** Any request with the headers of this one, credentials among them. */
    public HttpCall login(HttpCall call, Map<String, Object> context) throws ExpressionFailed {
        HttpCall all = call;
        for (Map.Entry<String, TextTemplate> header : credentials.headers().entrySet()) {
            String value = header.getValue().render(context, context, UnaryOperator.identity());
            all = with(all, header.getKey(), value);
        }
        return all;
    }

    private static HttpCall with(HttpCall call, String name, String value) throws ExpressionFailed {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new ExpressionFailed("a value for the header " + name + " has a control character");
        }
        if (value.isBlank()) {
            return call;
        }
        return name.equalsIgnoreCase(AUTHORIZATION) ? call.authorized(new Secret(value)) : call.header(name, value);
    }

    private URI uri(URI base, Map<String, Object> context) throws ExpressionFailed {
        String address = base + path.render(context, context, FormFields::segment);
        if (query != null) {
            String encoded = BodyTemplate.fields(query, context).query();
            address += encoded.isEmpty() ? "" : (address.indexOf('?') < 0 ? "?" : "&") + encoded;
        }
        try {
            URI uri = URI.create(address);
            if (HttpCall.sameOrigin(base, uri)) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // the same refusal
        }
        throw new ExpressionFailed("the address that the profile makes is none of the provider's");
    }
}
