// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 signature (RFC 8032) in Base64 in a header.
 *
 * @param setting that holds the public key: its 32 bytes, or the whole of X.509, in Base64
 * @param freshness null where no time is signed
 */
record PublicKeyCheck(
        HeaderPart header,
        String setting,
        SignedString signed,
        @Nullable Freshness freshness) implements ProofCheck {
    @Override
    public Set<String> headers() {
        Set<String> headers = new TreeSet<>(signed.headers());
        headers.add(header.name());
        if (freshness != null) {
            headers.add(freshness.header().name());
        }
        return headers;
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        Optional<String> key = SettingText.find(account, setting);
        if (key.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        byte[] given = decoded(header.in(request));
        if (freshness != null) {
            freshness.check(request);
        }
        return Signature.verify(
                request,
                "Ed25519",
                PublicKeys.ed25519(key.get()),
                signed.candidates(account, request).get(0),
                given,
                header.name());
    }

    /** Refuses what a lenient decoder would take for the same bytes. */
    private byte[] decoded(String text) throws AuthenticationFailed {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // no Base64: the same refusal
        }
        throw new AuthenticationFailed(header.name() + " does not match");
    }

    @Override
    public String description() {
        return "Ed25519 of the body" + (freshness == null ? "" : " with a time");
    }
}
