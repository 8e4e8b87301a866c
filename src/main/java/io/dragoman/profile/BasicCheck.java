// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * User name and password (RFC 7617).
 *
 * @param user the setting that holds the name
 * @param setting that holds the password
 */
record BasicCheck(String user, String setting) implements ProofCheck {
    private static final String HEADER = "Authorization";

    @Override
    public Set<String> headers() {
        return Set.of(HEADER);
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        Optional<String> secret = SettingText.find(account, setting);
        if (secret.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        String pair = SettingText.find(account, user).orElse("") + ":" + secret.get();
        String expected = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return Signature.match(
                request,
                expected.getBytes(StandardCharsets.UTF_8),
                request.header(HEADER).orElse("").getBytes(StandardCharsets.UTF_8),
                HEADER);
    }

    @Override
    public String description() {
        return "user name and password";
    }
}
