// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Secret;
import io.dragoman.connector.TransportFailure;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.jspecify.annotations.Nullable;

/** Makes HTTP requests from calls, and from nothing else. */
final class Requests {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** Ours or the client's to set: credentials are set elsewhere, framing is not for a connector. */
    private static final Set<String> RESERVED = Set.of(
            "authorization",
            "proxy-authorization",
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "upgrade",
            "expect",
            "te",
            "trailer");

    private Requests() {}

    static HttpUriRequestBase of(HttpCall call) throws TransportFailure {
        URI uri = call.uri();
        String host = uri.getHost();
        if (host == null
                || uri.getUserInfo() != null
                || uri.getPort() > 65_535
                || !TOKEN.matcher(call.method()).matches()) {
            throw refused("the address has no valid host");
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw refused(host + " is not allowed over " + scheme);
        }
        HttpUriRequestBase request = request(call, host);
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            add(request, host, header.getKey(), header.getValue(), call.body() != null);
        }
        Secret authorization = call.authorization();
        if (authorization != null) {
            request.addHeader("Authorization", clean(host, authorization.value()));
        }
        HttpCall.Body body = call.body();
        if (body != null) {
            clean(host, body.contentType());
            request.setEntity(new CallEntity(body, request));
        }
        return request;
    }

    private static HttpUriRequestBase request(HttpCall call, String host) throws TransportFailure {
        try {
            String ascii = call.uri().toASCIIString();
            boolean same = ascii.equals(call.uri().toString()); // nearly always, and parsing costs
            return new HttpUriRequestBase(call.method(), same ? call.uri() : URI.create(ascii));
        } catch (IllegalArgumentException e) {
            throw refused(host + ": the address is not valid");
        }
    }

    private static void add(HttpUriRequestBase request, String host, String name, @Nullable String value, boolean body)
            throws TransportFailure {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!TOKEN.matcher(name).matches() || RESERVED.contains(lower)) {
            throw refused(host + ": a header that is not a connector's to set");
        }
        if (!(body && lower.equals("content-type"))) { // the body says what it is
            request.addHeader(name, clean(host, String.valueOf(value)));
        }
    }

    /** A line break would start a header of somebody else's making. */
    private static String clean(String host, String value) throws TransportFailure {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                throw refused(host + ": a header with a line break or control character");
            }
        }
        return value;
    }

    private static TransportFailure refused(String message) {
        return TransportFailure.forbidden(message);
    }
}
