// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Channel;
import io.dragoman.connector.HeldSession;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Request;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Verified;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Identity;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A provider who wants one session of an account at a time, with letters that come by it; notes who holds it. */
final class OneLine {
    private final Set<String> sessions = new HashSet<>();
    private int most;
    private int letters;
    private int sent;
    private int withoutSession;

    /** The connector as a gateway has it. */
    Channel of(String gateway) {
        return new End(gateway);
    }

    synchronized int write(int more) {
        letters += more;
        return letters;
    }

    synchronized int most() {
        return most;
    }

    synchronized int sent() {
        return sent;
    }

    synchronized int withoutSession() {
        return withoutSession;
    }

    /** Who holds it; empty while nobody or more than one does. */
    synchronized String holder() {
        return sessions.size() == 1 ? sessions.iterator().next() : "";
    }

    private synchronized void open(String gateway) {
        sessions.add(gateway);
        most = Math.max(most, sessions.size());
    }

    private synchronized void close(String gateway) {
        sessions.remove(gateway);
    }

    private synchronized boolean isThere(int letter) {
        return letter <= letters;
    }

    private synchronized Outcome send(String gateway) {
        if (!sessions.contains(gateway)) {
            withoutSession++;
            return new Outcome.Retry(Reason.PROVIDER_DOWN, "no session is open");
        }
        sent++;
        return new Outcome.Sent(null);
    }

    private final class End implements Channel, HeldSession {
        private final String gateway;
        private PollContext last;

        End(String gateway) {
            this.gateway = gateway;
        }

        @Override
        public Batch poll(Account account, String position, Transport transport, PollContext context) {
            if (context != last) {
                last = context;
                open(gateway);
                context.onStop(() -> close(gateway));
            }
            int next = (position.isEmpty() ? 0 : Integer.parseInt(position)) + 1;
            if (isThere(next)) {
                byte[] body = Integer.toString(next).getBytes(StandardCharsets.UTF_8);
                return new Batch(List.of(Request.polled("letters", body, Instant.now())), Integer.toString(next));
            }
            context.rest(Duration.ofMillis(20));
            return new Batch(List.of(), position);
        }

        @Override
        public String kind() {
            return "line";
        }

        @Override
        public String description() {
            return "For tests.";
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of();
        }

        @Override
        public List<CustomerEvent> read(Account account, Verified verified) {
            String number = new String(verified.request().body(), StandardCharsets.UTF_8);
            return List.of(CustomerEvent.MessageReceived.of(
                    "letter " + number,
                    verified.request().receivedAt(),
                    new CustomerEvent.Sender(
                            "ana" + number, List.of(new Identity("test", "ana" + number, true)), null, null),
                    number,
                    List.of(new Part.Text(number)),
                    null));
        }

        @Override
        public Outcome send(Account account, Outbound.ToCustomer message, Transport transport) {
            return OneLine.this.send(gateway);
        }

        @Override
        public Limits limits(Account account) {
            return Limits.NONE;
        }

        @Override
        public RetrySafety retrySafety() {
            return RetrySafety.IDEMPOTENT;
        }
    }
}
