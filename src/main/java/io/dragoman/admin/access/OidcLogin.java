// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin.access;

import com.nimbusds.jwt.JWTClaimsSet;
import io.dragoman.admin.access.OidcProvider.Endpoints;
import io.dragoman.admin.access.OidcProvider.Refused;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Transport;
import io.dragoman.model.Hashes;
import io.dragoman.model.Role;
import io.dragoman.model.UnicodeText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logging in at an identity provider: authorization code with PKCE (RFC 7636), a state that belongs to the browser that
 * began, and a nonce in the token. Each beginning is good once, for ten minutes. Blocks. Thread-safe.
 */
public final class OidcLogin {
    /** The cookie of a login that has begun. */
    public static final String COOKIE = "dragoman_login";

    /** Before the names of those who log in there: no token is called so. */
    private static final String PREFIX = "oidc:";

    private static final Logger LOG = LoggerFactory.getLogger(OidcLogin.class);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST = 1_000;
    private static final int LONGEST_NAME = 100;

    private final OidcSettings settings;
    private final OidcProvider provider;
    private final Transport transport;
    private final Random random;
    private final Map<String, Pending> begun = new LinkedHashMap<>();
    private @Nullable Endpoints endpoints;
    private Instant discovered = Instant.MIN;

    /** @param random of the kind that nobody can foresee */
    public OidcLogin(OidcSettings settings, Transport transport, Random random) {
        this.settings = settings;
        this.provider = new OidcProvider(settings, transport);
        this.transport = transport;
        this.random = random;
    }

    /** Where the browser goes, with which cookie. */
    public record Beginning(String location, Secret cookie) {
        @Override
        public String toString() {
            return "Beginning";
        }
    }

    private record Pending(byte[] browser, Secret nonce, Secret verifier, Instant until) {}

    /** Whether somebody logged in at an identity provider. */
    public static boolean isOne(Principal who) {
        return who.name().startsWith(PREFIX);
    }

    /** Begins a login; empty when the provider cannot be asked, and the log says why. */
    public Optional<Beginning> begin() {
        try {
            Endpoints at = endpoints();
            Secret state = word();
            Secret cookie = word();
            Pending pending = new Pending(
                    hash(cookie.value()),
                    word(),
                    word(),
                    transport.clock().instant().plus(LONGEST));
            remember(hashed(state.value()), pending);
            String location = at.authorization()
                    + (at.authorization().getRawQuery() == null ? "?" : "&")
                    + "response_type=code&client_id=" + OidcProvider.encoded(settings.clientId())
                    + "&redirect_uri=" + OidcProvider.encoded(settings.redirect())
                    + "&scope=" + OidcProvider.encoded(settings.scope())
                    + "&state=" + state.value()
                    + "&nonce=" + pending.nonce().value()
                    + "&code_challenge=" + base64(hash(pending.verifier().value()))
                    + "&code_challenge_method=S256";
            return Optional.of(new Beginning(location, cookie));
        } catch (Refused e) {
            LOG.warn("the identity provider cannot be used: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Ends a login.
     *
     * @param answer the parameters that the browser brought back
     * @param cookies the {@code Cookie} headers that it sent
     * @return who it is; empty when it proves nothing, and the log says why
     */
    public Optional<Principal> end(Map<String, String> answer, List<String> cookies) {
        try {
            return Optional.of(identity(answer, cookies));
        } catch (Refused e) {
            LOG.warn("a login at the identity provider was refused: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Principal identity(Map<String, String> answer, List<String> cookies) throws Refused {
        Pending pending = take(answer.getOrDefault("state", ""));
        String browser = Cookies.find(cookies, COOKIE).orElse("");
        if (pending == null || !MessageDigest.isEqual(pending.browser(), hash(browser))) {
            throw new Refused("no login with this state was begun in this browser within ten minutes");
        }
        String code = answer.get("code");
        if (answer.containsKey("error") || code == null) {
            throw new Refused("the provider gave no code");
        }
        Endpoints at = endpoints();
        if (!answer.getOrDefault("iss", at.issuer()).equals(at.issuer())) {
            throw new Refused("the answer came from another issuer");
        }
        return identity(provider.exchange(at, code, pending.verifier(), pending.nonce()));
    }

    private Principal identity(JWTClaimsSet claims) throws Refused {
        List<String> groups = OidcProvider.texts(claims, settings.roleClaim());
        Role role = Arrays.stream(Role.values())
                .filter(one ->
                        settings.roles().getOrDefault(one, List.of()).stream().anyMatch(groups::contains))
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> new Refused("nothing in the claim " + settings.roleClaim()
                        + " is among admin.oidc.roles: who logged in has no role here"));
        return new Principal(name(claims), role);
    }

    /** No token of the configuration has a colon in its name: nobody takes the name of another. */
    private static String name(JWTClaimsSet claims) {
        String name = List.of("preferred_username", "email").stream()
                .flatMap(claim -> OidcProvider.texts(claims, claim).stream())
                .findFirst()
                .orElse(claims.getSubject());
        return PREFIX
                + UnicodeText.cut(
                        name.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip(), LONGEST_NAME);
    }

    private synchronized Endpoints endpoints() throws Refused {
        Instant now = transport.clock().instant();
        Endpoints known = endpoints;
        if (known == null || now.isAfter(discovered.plus(LONGEST))) {
            known = provider.discover();
            endpoints = known;
            discovered = now;
        }
        return known;
    }

    private void remember(String state, Pending pending) {
        synchronized (begun) {
            begun.values().removeIf(old -> !transport.clock().instant().isBefore(old.until()));
            if (begun.size() >= MOST) {
                begun.remove(begun.keySet().iterator().next());
            }
            begun.put(state, pending);
        }
    }

    private @Nullable Pending take(String state) {
        synchronized (begun) {
            Pending pending = begun.remove(hashed(state));
            return pending == null || !transport.clock().instant().isBefore(pending.until()) ? null : pending;
        }
    }

    private Secret word() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return new Secret(base64(bytes));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String text) {
        return Hashes.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hashed(String text) {
        return Hashes.sha256Hex(text);
    }
}
