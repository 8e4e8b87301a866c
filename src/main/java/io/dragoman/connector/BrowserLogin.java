// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Hashes;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A person's login in a browser, whose last address is pasted back: the authorization code grant with PKCE (RFC 6749
 * §4.1, RFC 7636) of a program without a web page. The browser ends at an address of its own machine (RFC 8252 §7.3)
 * where nothing has to answer, so that it may run anywhere.
 */
public final class BrowserLogin {
    /** Google lets any port of this address be the end of a login of an application of the type "desktop". */
    static final String REDIRECT = "http://127.0.0.1:53682/";

    private final URI authorizeUrl;
    private final RefreshGrant grant;
    private final String scope;
    private final Transport transport;
    private final String verifier;
    private final String state;

    /**
     * @param scope what the person is asked to allow
     * @param random an unpredictable source
     */
    public BrowserLogin(
            URI authorizeUrl, RefreshGrant grant, String scope, Transport transport, RandomGenerator random) {
        this.authorizeUrl = authorizeUrl;
        this.grant = grant;
        this.scope = scope;
        this.transport = transport;
        this.verifier = secret(random);
        this.state = secret(random);
    }

    private static String secret(RandomGenerator random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return base64(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Lets a person open an address, and takes the one at which the browser ended.
     *
     * @param openAndPaste from the address to open to what was pasted
     * @throws TransportFailure when the server cannot be reached
     */
    public LoginResult run(UnaryOperator<String> openAndPaste) throws TransportFailure {
        String pasted = openAndPaste.apply(address()).strip();
        if (!pasted.contains("=")) {
            return pasted.isEmpty() ? new LoginResult.NotLoggedIn("Nothing was pasted.") : redeem(pasted);
        }
        Map<String, String> answer = query(pasted);
        if (answer.containsKey("error")) {
            return new LoginResult.NotLoggedIn("The person, or the organisation, did not allow it.");
        }
        String code = answer.getOrDefault("code", "");
        return code.isEmpty() || !state.equals(answer.get("state"))
                ? new LoginResult.NotLoggedIn(
                        "That is not the address at which this login ended: paste the whole one, which"
                                + " begins with " + REDIRECT + ".")
                : redeem(code);
    }

    private String address() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", grant.clientId());
        query.put("redirect_uri", REDIRECT);
        query.put("scope", scope);
        query.put("state", state);
        query.put("code_challenge", challenge());
        query.put("code_challenge_method", "S256");
        query.put("access_type", "offline"); // Google gives a refresh token for these two alone
        query.put("prompt", "consent");
        return authorizeUrl + "?"
                + query.entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    private String challenge() {
        return base64(Hashes.sha256(verifier.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Map<String, String> query(String pasted) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : pasted.substring(pasted.indexOf('?') + 1).split("[&#]", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                decoded(pair.substring(equals + 1)).ifPresent(value -> query.put(pair.substring(0, equals), value));
            }
        }
        return query;
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) { // a % without its digits
            return Optional.empty();
        }
    }

    private LoginResult redeem(String code) throws TransportFailure {
        Map<String, String> form = grant.form("authorization_code");
        form.put("code", code);
        form.put("redirect_uri", REDIRECT);
        form.put("code_verifier", verifier);
        Response answer = transport.http(TokenAnswer.call(grant.tokenUrl(), form));
        return LoginResult.of(grant, answer, transport.clock().instant());
    }
}
