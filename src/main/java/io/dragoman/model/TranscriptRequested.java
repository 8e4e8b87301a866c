// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.time.Instant;
import java.util.List;

/**
 * A customer asked for what was written in their conversation, by mail.
 *
 * @param identities what the customer is known by, the surest first; never empty
 * @param via the id of the channel that sends the mail
 * @param to the mail address
 * @param subject of the mail
 * @param business who an agent or a rule without a name is in it
 * @param customer who the customer without a name is in it
 */
public record TranscriptRequested(
        String key,
        String lane,
        Instant at,
        List<Identity> identities,
        String via,
        String to,
        String subject,
        String business,
        String customer)
        implements CustomerEvent {
    public TranscriptRequested {
        identities = List.copyOf(identities);
        Require.notBlank(via, "via");
        Require.notBlank(to, "to");
        Require.notBlank(subject, "subject");
    }

    @Override
    public String toString() {
        return "TranscriptRequested[" + key + "]";
    }
}
