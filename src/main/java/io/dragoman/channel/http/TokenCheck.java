// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.FormFields;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A secret as it is, in a header or in the address.
 *
 * @param header null where it is in the address
 * @param parameter of the query; null where it is in a header
 * @param prefix what stands before it in the header; empty for nothing
 * @param setting that holds it
 */
record TokenCheck(@Nullable HeaderPart header, @Nullable String parameter, String prefix, String setting)
        implements Check {
    @Override
    public Set<String> headers() {
        return header == null ? Set.of() : Set.of(header.name());
    }

    @Override
    public Verified verify(Account account, Request request) throws AuthenticationFailed {
        Optional<String> right = SettingText.find(account, setting);
        if (right.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        String given = header != null ? header.in(request) : request.parameter(String.valueOf(parameter));
        return Signature.match(
                request,
                (prefix + right.get()).getBytes(StandardCharsets.UTF_8),
                given.getBytes(StandardCharsets.UTF_8),
                header != null ? header.name() : "the address's secret");
    }

    @Override
    public Optional<String> query(Account account) {
        return parameter == null
                ? Optional.empty()
                : SettingText.find(account, setting)
                        .map(right -> new FormFields().add(parameter, right).query());
    }

    @Override
    public String description() {
        return header == null ? "secret in the address" : "secret in a header";
    }
}
