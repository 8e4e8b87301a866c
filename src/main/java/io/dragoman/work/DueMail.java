// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.store.Deliveries;
import io.dragoman.store.Tx;

/** Mails what a customer has not read, within the transaction that ends its timer: implemented by the journey. */
public interface DueMail {

    /** Writes the mail and its delivery; false when there is nothing to mail, or nowhere. */
    boolean due(Tx tx, Deliveries.Stored timer, long now);
}
