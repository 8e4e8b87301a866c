// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.Optional;

/** A desk that tells when an agent is typing. */
public interface TypingIndicator {

    /**
     * What a request says of typing and of nothing else; empty for all other requests, which are read and stored. Pure.
     *
     * @throws MalformedPayload when it is about typing, but not as described; the desk is told why
     */
    Optional<AgentTyping> typing(Verified verified) throws MalformedPayload;
}
