// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Instant;
import java.util.Optional;

/** A connector whose accounts may have a token that ends on a day, of which the operator is to be warned. */
public interface TokenEnd {
    /**
     * When the token of an account ends; empty for one that does not, or when nobody said.
     *
     * @param logins what became of tokens that are renewed
     */
    Optional<End> tokenEnd(Account account, RefreshTokens logins);

    /**
     * An end.
     *
     * @param what ends, as the beginning of a sentence
     * @param remedy what a person does about it
     */
    record End(Instant at, String what, String remedy) {}
}
