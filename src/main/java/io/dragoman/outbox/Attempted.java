// SPDX-License-Identifier: Apache-2.0
package io.dragoman.outbox;

import io.dragoman.connector.Outcome;
import io.dragoman.store.Claimed;
import java.util.List;

/**
 * A delivery after an attempt.
 *
 * @param steps how many steps the message is sent in
 * @param losses what the channel cannot show of it, as sentences
 * @param mayRepeat whether another attempt after an uncertain one is right
 */
record Attempted(Claimed.Delivery claimed, Outcome outcome, int steps, List<String> losses, boolean mayRepeat) {}
