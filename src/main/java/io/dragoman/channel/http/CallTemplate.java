// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Secret;
import io.dragoman.connector.kit.FormFields;
import io.dragoman.model.Json;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One request to a provider. Its address is that of the account and a path: what is put into the path is encoded, so
 * that nothing in a message can lead the credentials elsewhere. Immutable.
 *
 * @param query whose value is a map; null for none
 * @param headers in order; {@code Authorization} goes to no other host
 * @param form how the body is written; null for a request without one
 * @param body whose value is the body, of {@link BodyForm#JSON} and {@link BodyForm#FORM}
 * @param text which is the body, of the others
 */
record CallTemplate(
        String method,
        TextTemplate path,
        @Nullable Expression query,
        Map<String, TextTemplate> headers,
        @Nullable BodyForm form,
        @Nullable Expression body,
        @Nullable TextTemplate text) {
    private static final String AUTHORIZATION = "authorization";

    /** How a body is written. */
    enum BodyForm {
        JSON("application/json"),
        FORM("application/x-www-form-urlencoded"),
        XML("text/xml; charset=utf-8"),
        TEXT("text/plain; charset=utf-8");

        private final String type;

        BodyForm(String type) {
            this.type = type;
        }
    }

    CallTemplate {
        headers = Map.copyOf(headers);
    }

    /**
     * The request.
     *
     * @param base the account's address
     * @param context what the expressions see
     */
    HttpCall call(URI base, Map<String, Object> context) throws ExpressionFailed {
        URI uri = uri(base, context);
        HttpCall.Body content = content(context);
        HttpCall call = (content == null ? HttpCall.get(uri) : HttpCall.post(uri, content)).trusting(base);
        call = new HttpCall(
                method, uri, call.headers(), null, content, call.trusted(), call.timeout(), call.redirects());
        return login(call, context);
    }

    /** Any request with the headers of this one, credentials among them. */
    HttpCall login(HttpCall call, Map<String, Object> context) throws ExpressionFailed {
        HttpCall all = call;
        for (Map.Entry<String, TextTemplate> header : headers.entrySet()) {
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
            String encoded = fields(query, context).query();
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

    private HttpCall.@Nullable Body content(Map<String, Object> context) throws ExpressionFailed {
        if (form == null) {
            return null;
        }
        if (text != null) {
            UnaryOperator<String> encoded = form == BodyForm.XML ? CallTemplate::escaped : UnaryOperator.identity();
            return body(form.type, text.render(context, context, encoded));
        }
        if (body == null) {
            throw new IllegalStateException("a body of neither kind; reading must refuse it");
        }
        return form == BodyForm.FORM ? fields(body, context).body() : HttpCall.Body.json(json(body, context));
    }

    private static HttpCall.Body body(String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new HttpCall.Body(type, bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    private static byte[] json(Expression body, Map<String, Object> context) throws ExpressionFailed {
        Object value = body.evaluate(context, context);
        if (!(value instanceof Map) && !(value instanceof List)) {
            throw new ExpressionFailed(body.place() + " gave neither an object nor a list");
        }
        return written(value, body).getBytes(StandardCharsets.UTF_8);
    }

    private static FormFields fields(Expression fields, Map<String, Object> context) throws ExpressionFailed {
        if (!(fields.evaluate(context, context) instanceof Map<?, ?> map)) {
            throw new ExpressionFailed(fields.place() + " gave no object");
        }
        FormFields form = new FormFields();
        for (Map.Entry<?, ?> field : map.entrySet()) {
            String name = String.valueOf(field.getKey());
            for (Object value : field.getValue() instanceof List<?> list ? list : List.of(field.getValue())) {
                form.add(name, value instanceof Map ? written(value, fields) : plain(value));
            }
        }
        return form;
    }

    private static String plain(Object value) {
        String text = value instanceof String raw ? raw : Expression.asText(value);
        return text == null ? "" : text;
    }

    private static String written(Object value, Expression expression) throws ExpressionFailed {
        try {
            return Json.write(value);
        } catch (IllegalStateException e) {
            throw new ExpressionFailed(expression.place() + " gave a value that is no JSON, such as a function");
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }
}
