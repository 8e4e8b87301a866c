// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.store.Tx;
import java.util.List;

/** What a desk is shown of a conversation that it sees for the first time: the latest messages, of a bounded size in all. */
public final class History {
    private static final int MOST = 20;
    /** In bytes of JSON: with the message itself it stays below what desks commonly take. */
    private static final int LARGEST = 64 * 1024;

    private History() {}

    /** The messages before this one, the oldest first. */
    public static List<Message> before(Tx tx, Message message) {
        long from = Math.max(0, message.sequence() - 1 - MOST);
        List<Message> found = tx.messages().of(message.conversation(), from, MOST).stream()
                .filter(one -> one.sequence() < message.sequence())
                .toList();
        int first = found.size();
        int size = 0;
        while (first > 0) {
            size += Json.bytes(found.get(first - 1)).length;
            if (size > LARGEST) {
                break;
            }
            first--;
        }
        return found.subList(first, found.size());
    }
}
