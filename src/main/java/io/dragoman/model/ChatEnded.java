// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.time.Instant;

/**
 * A customer ended the chat: its conversation is closed.
 *
 * @param externalId the channel's id of a message in it, which came before
 */
public record ChatEnded(String key, String lane, Instant at, String externalId) implements CustomerEvent {
    public ChatEnded {
        Require.notBlank(externalId, "externalId");
    }

    @Override
    public String toString() {
        return "ChatEnded[" + key + "]";
    }
}
