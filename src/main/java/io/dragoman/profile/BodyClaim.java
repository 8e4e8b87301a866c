// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Request;
import io.dragoman.model.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/**
 * A claim of a JSON Web Token with the SHA-256 of the body, by which the token proves the body too. Immutable.
 *
 * @param name such as {@code payload_hash}
 * @param encoding {@code hex}, {@code base64} or {@code base64url}
 */
record BodyClaim(String name, String encoding) {
    /** Only an empty body may have no such claim. */
    void check(Map<?, ?> claims, Request request, String what) throws AuthenticationFailed {
        Object given = claims.get(name);
        if (given == null && request.body().length == 0) {
            return;
        }
        String right = TextCodes.encode(HexFormat.of().parseHex(Hashes.sha256Hex(request.body())), encoding);
        if (!(given instanceof String text) || !MessageDigest.isEqual(bytes(right), bytes(text))) {
            throw new AuthenticationFailed(what + " is for another body");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
