// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.List;
import java.util.Optional;

/** A connector whose provider has to be told once where to post. */
public interface WebhookSetup {
    /**
     * What has to be done, in order. No secret stands in it: settings are named.
     *
     * @param automatic whether {@link #connect} does it; else it is for a person
     */
    record Plan(boolean automatic, List<String> steps) {
        public Plan {
            steps = List.copyOf(steps);
        }
    }

    /** What has to be done for an account; no steps when nothing has. */
    Plan plan(Account account);

    /**
     * Does an automatic plan, and asks the provider afterwards. Doing it again changes nothing.
     *
     * @return what is wrong, with what to do; empty when the provider posts to us now
     * @throws TransportFailure when the provider cannot be asked
     */
    Optional<String> connect(Account account, Transport transport) throws TransportFailure;
}
