// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Request;
import io.dragoman.connector.Transport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A channel that is posted to and polled as well. */
final class MailboxChannel extends TestChannel implements Polled {
    /** What polls find, one body each; the position is the number of those that were read. */
    final List<String> mailbox = new CopyOnWriteArrayList<>();

    @Override
    public Batch poll(Account account, String position, Transport transport, PollContext context) {
        int next = position.isEmpty() ? 0 : Integer.parseInt(position);
        if (next >= mailbox.size()) {
            LockSupport.parkNanos(5_000_000);
            return new Batch(List.of(), position);
        }
        byte[] body = mailbox.get(next).getBytes(StandardCharsets.UTF_8);
        return new Batch(
                List.of(Request.polled("mailbox/" + next, body, context.clock().instant())),
                Integer.toString(next + 1));
    }
}
