// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A keyed hash in a header.
 *
 * @param header the first of these that is there
 * @param algorithm {@code SHA1}, {@code SHA256} or {@code SHA512}
 * @param encoding of the hash: {@code hex} in small letters, {@code base64} or {@code base64url}
 * @param prefix what stands before it; empty for nothing
 * @param several whether the header may hold several, with commas between them
 * @param setting those that hold keys, the first of which an account must have
 * @param form how the key is written: {@code text}, {@code base64} or {@code hex}
 * @param freshness null where no time is signed
 */
record HmacCheck(
        List<HeaderPart> header,
        String algorithm,
        String encoding,
        String prefix,
        boolean several,
        List<String> setting,
        String form,
        SignedString signed,
        @Nullable Freshness freshness)
        implements ProofCheck {
    @Override
    public Set<String> headers() {
        Set<String> headers = new TreeSet<>(signed.headers());
        header.forEach(one -> headers.add(one.name()));
        if (freshness != null) {
            headers.add(freshness.header().name());
        }
        return headers;
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        if (SettingText.find(account, setting.get(0)).isEmpty()) {
            return Signature.unsigned(account, request);
        }
        // compared as text: a decoder would let through the same digits in other letters
        List<byte[]> expected = new ArrayList<>();
        for (String name : setting) {
            Optional<String> secret = SettingText.find(account, name);
            if (secret.isPresent()) {
                byte[] key = bytes(secret.get());
                for (byte[] candidate : signed.candidates(account, request)) {
                    byte[] hash = Signature.hmac("Hmac" + algorithm, key, candidate);
                    expected.add((prefix + TextCodes.encode(hash, encoding)).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        HeaderPart there = header.stream()
                .filter(one -> !one.in(request).isEmpty())
                .findFirst()
                .orElse(header.get(0));
        Verified verified = Signature.matchAny(request, expected, given(request, there), there.name());
        if (freshness != null) {
            freshness.check(request);
        }
        return verified;
    }

    private List<byte[]> given(Request request, HeaderPart there) {
        String value = there.in(request);
        List<byte[]> given = new ArrayList<>();
        for (String one : several ? value.split(",", 20) : new String[] {value}) {
            given.add((several ? one.strip() : one).getBytes(StandardCharsets.UTF_8));
        }
        return given;
    }

    private byte[] bytes(String secret) throws AuthenticationFailed {
        try {
            return switch (form) {
                case "base64" -> Base64.getDecoder().decode(secret.strip());
                case "hex" -> HexFormat.of().parseHex(secret.strip());
                default -> secret.getBytes(StandardCharsets.UTF_8);
            };
        } catch (IllegalArgumentException e) {
            throw new AuthenticationFailed("the key in the configuration is not written in " + form);
        }
    }

    @Override
    public boolean signsAddress() {
        return signed.hasAddress();
    }

    @Override
    public String description() {
        return "HMAC-" + algorithm
                + (signed.hasBody() ? " of the " + (signsAddress() ? "address and body" : "body") : "")
                + (freshness == null ? "" : " with a time");
    }
}
