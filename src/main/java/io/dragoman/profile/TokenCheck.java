// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

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
 * @param parameter of the query; null where it is in a header, or the last step of the path
 * @param prefix what stands before it in the header; empty for nothing
 * @param setting that holds it
 */
record TokenCheck(@Nullable HeaderPart header, @Nullable String parameter, String prefix, String setting)
        implements ProofCheck {
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
        String expected = prefix + (inPath() ? FormFields.segment(right.get()) : right.get());
        return Signature.match(
                request,
                expected.getBytes(StandardCharsets.UTF_8),
                given(request).getBytes(StandardCharsets.UTF_8),
                header != null ? header.name() : "the address's secret");
    }

    private String given(Request request) {
        return header != null
                ? header.in(request)
                : parameter != null
                        ? request.parameter(parameter)
                        : request.path().substring(request.path().lastIndexOf('/') + 1);
    }

    @Override
    public boolean inPath() {
        return header == null && parameter == null;
    }

    @Override
    public Optional<String> segment(Account account) {
        return inPath() ? SettingText.find(account, setting).map(FormFields::segment) : Optional.empty();
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
