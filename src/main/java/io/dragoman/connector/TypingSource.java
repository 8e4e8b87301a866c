// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.Optional;

/** A channel whose provider tells when a customer is typing. */
public interface TypingSource {

    /** What a request says of typing and of nothing else; empty for all other requests, which are read and stored. Pure. */
    Optional<CustomerTyping> customerTyping(Account account, Verified verified);
}
