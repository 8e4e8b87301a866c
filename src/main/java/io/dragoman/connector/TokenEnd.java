// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.time.Instant;
import java.util.Optional;

/** A connector whose accounts may have a token that ends on a day which only the operator knows. */
public interface TokenEnd {
    /** When the token of an account ends; empty for one that does not, or when nobody said. */
    Optional<End> tokenEnd(Account account);

    /**
     * An end.
     *
     * @param what ends, as the beginning of a sentence
     * @param remedy what a person does about it
     */
    record End(Instant at, String what, String remedy) {}
}
