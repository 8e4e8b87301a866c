// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.connector.AgentTyping;
import io.dragoman.connector.CustomerTyping;

/** Gets what desks and channels tell of typing. It does not wait, and nobody waits for what becomes of it. */
public interface TypingSink {

    /** An agent at a desk of this id. */
    void agent(String desk, AgentTyping typing);

    /** A customer of a channel of this id. */
    void customer(String channel, CustomerTyping typing);
}
