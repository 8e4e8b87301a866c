// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.PollHold;
import io.dragoman.connector.TransportFailure;
import java.time.Clock;

/**
 * What is held of one account while the gateway runs: its sessions, what they brought, and how far messages of several
 * pieces are sent. One thread polls, many send.
 */
final class HeldAccount {
    final Account account;
    final Binds binds;
    final Pace pace;
    final SentPieces sentPieces = new SentPieces();
    private final Inbound inbound;
    private final Clock clock;
    private final PollHold hold = new PollHold(this::close, () -> {}); // a poll that is under way sees it by itself

    HeldAccount(Account account, Clock clock) {
        this.account = account;
        this.clock = clock;
        inbound = new Inbound(clock);
        binds = new Binds(account, inbound);
        pace = new Pace(account.get(SmppSettings.PER_SECOND));
    }

    Batch poll(String position, PollContext context) throws TransportFailure {
        hold.begin(context);
        try {
            inbound.answer(position);
            if (context.stopping()) {
                return leave(position);
            }
            String problem = binds.open(clock.instant());
            Batch batch = inbound.next(position, context, () -> binds.isDue(clock.instant()));
            return context.stopping()
                            && batch.requests().isEmpty()
                            && batch.position().equals(position)
                    ? leave(position)
                    : new Batch(batch.requests(), batch.position(), problem);
        } finally {
            hold.end(context);
        }
    }

    /** After a goodbye that was answered nothing is in doubt, and that is worth a commit. */
    private Batch leave(String position) {
        inbound.refuseAll();
        binds.close();
        return inbound.last(position);
    }

    void close() {
        inbound.refuseAll();
        binds.close();
    }

    @Override
    public String toString() {
        return "HeldAccount[" + account.id() + "]";
    }
}
