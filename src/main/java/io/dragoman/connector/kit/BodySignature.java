// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** The signature that most providers use: HMAC-SHA256 over the raw body, in small hexadecimal digits in one header. */
public final class BodySignature {
    private BodySignature() {}

    /**
     * Checks a request. Without the key only an account that is {@code insecure} takes it.
     *
     * @param prefix what stands before the digits, such as {@code sha256=}; empty for nothing
     */
    public static Verified verify(Account account, Request request, Setting<Secret> key, String header, String prefix)
            throws AuthenticationFailed {
        Optional<Secret> secret = account.find(key);
        if (secret.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        // compared as text: a decoder would let through the same digits in other letters
        byte[] hash = Signature.hmac("HmacSHA256", secret.get().bytes(), request.body());
        byte[] expected = (prefix + HexFormat.of().formatHex(hash)).getBytes(StandardCharsets.UTF_8);
        byte[] given = request.header(header).orElse("").getBytes(StandardCharsets.UTF_8);
        return Signature.match(request, expected, given, header);
    }
}
