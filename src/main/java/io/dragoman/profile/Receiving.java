// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Jwks;
import io.dragoman.connector.JwksSource;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.PublicUrls;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a provider's webhooks are verified, taken apart and answered. Immutable.
 *
 * @param checks all of which a request must pass
 * @param headers that expressions read
 * @param parsed the fields of the body whose text is JSON
 * @param each what in the body is an event, one or several; null for the body itself
 * @param answer what the provider is answered after the commit
 * @param answered its body as JSON, from what was posted; null where it is always the same
 */
public record Receiving(
        List<ProofCheck> checks,
        Set<String> headers,
        Documents.Form form,
        List<String> parsed,
        @Nullable Expression each,
        @Nullable IgnoredFields ignored,
        Acknowledgement answer,
        @Nullable Expression answered) {
    public Receiving {
        checks = List.copyOf(checks);
        headers = Set.copyOf(headers);
        parsed = List.copyOf(parsed);
    }

    /**
     * How what is polled is taken apart: our own JSON, in which what is no event is nothing.
     *
     * @param each what in an item is an event, one or several; null for the item itself
     */
    public static Receiving polled(@Nullable Expression each) {
        return new Receiving(
                List.of(),
                Set.of(),
                Documents.Form.JSON,
                List.of(),
                each,
                new IgnoredFields(null, null),
                Acknowledgement.OK,
                null);
    }

    /** Every check must hold; without any only what {@code insecure} lets through is taken. */
    Verified verify(Account account, Request request, Jwks keys) throws AuthenticationFailed {
        Verified verified = null;
        for (ProofCheck check : checks) {
            verified = check.verify(account, request, keys);
        }
        return verified == null ? Signature.unsigned(account, request) : verified;
    }

    /** Where the keys are published that prove its requests; empty where none has to be fetched. */
    Optional<JwksSource> keys(Account account) {
        return checks.stream().flatMap(check -> check.source(account).stream()).findFirst();
    }

    /** The request's headers that checks and expressions look at. */
    Set<String> needed() {
        Set<String> all = new TreeSet<>(headers);
        checks.forEach(check -> all.addAll(check.headers()));
        all.addAll(signsAddress() ? PublicUrls.HEADERS : Set.of());
        return all;
    }

    /** Whether a secret is the last step of the path. */
    boolean takesBelow() {
        return checks.stream().anyMatch(ProofCheck::inPath);
    }

    /** Whether our own address is signed, so that the account must know it. */
    boolean signsAddress() {
        return checks.stream().anyMatch(ProofCheck::signsAddress);
    }

    /** How it is verified, in a few words for the tables. */
    public String verification() {
        return checks.stream().map(ProofCheck::description).collect(Collectors.joining(" and "));
    }

    /** Where the provider is to call an account, with the secret that the address must have. */
    String callback(Account account) {
        String address = signsAddress()
                ? PublicUrls.callback(account)
                : account.callback().toString();
        String full = address
                + checks.stream()
                        .flatMap(check -> check.segment(account).stream())
                        .map(segment -> "/" + segment)
                        .findFirst()
                        .orElse("");
        return checks.stream()
                .flatMap(check -> check.query(account).stream())
                .findFirst()
                .map(query -> full + "?" + query)
                .orElse(full);
    }
}
