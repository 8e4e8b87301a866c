// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.connector.kit.Pieces.Waiting;
import io.dragoman.model.Json;
import java.util.List;

/**
 * What is committed with each batch. Immutable.
 *
 * @param batch counts the batches, so that a commit shows
 * @param waiting the pieces of messages that are not whole yet
 * @param doubtful the fingerprints of what is stored though the centre may not know it
 */
record SmppPosition(long batch, List<Waiting<ShortMessage>> waiting, List<String> doubtful) {
    private static final SmppPosition FIRST = new SmppPosition(0, List.of(), List.of());

    SmppPosition {
        waiting = waiting == null ? List.of() : List.copyOf(waiting);
        doubtful = doubtful == null ? List.of() : List.copyOf(doubtful);
    }

    static SmppPosition read(String position) {
        return position.isEmpty() ? FIRST : Json.read(position, SmppPosition.class);
    }

    String write() {
        return Json.write(this);
    }

    @Override
    public String toString() {
        return "SmppPosition[" + batch + "]";
    }
}
