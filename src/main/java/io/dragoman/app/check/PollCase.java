// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Connector;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Event;
import io.dragoman.model.Json;
import io.dragoman.yaml.Node;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A first poll: {@code poll}, the {@code calls} that it makes, page after page, and the {@code events} that come of it. */
final class PollCase {
    private static final int MOST_PAGES = 20;

    private final Connector connector;
    private final Account account;

    PollCase(Connector connector, Account account) {
        this.connector = connector;
        this.account = account;
    }

    CaseResult run(String name, Node root) {
        try {
            CannedTransport transport = CannedTransport.of(
                    root,
                    connector,
                    account,
                    ReceivedCase.time(CaseJson.text(SentCase.need(root, "poll"), "at", "2026-11-21T10:00:30Z")));
            List<Event> events =
                    events(transport, SentCase.need(root, "calls").items().size());
            RequestCheck.calls(root, transport);
            CaseJson.compare("events", CaseJson.text(root, "events", "[]"), Json.writeAll(events, Event.class));
            return new CaseResult(name, CaseResult.Kind.POLL, null);
        } catch (CaseFailed e) {
            return new CaseResult(name, CaseResult.Kind.POLL, e.getMessage());
        }
    }

    private List<Event> events(CannedTransport transport, int calls) throws CaseFailed {
        if (!(connector instanceof Polled polled) || !polled.polls(account)) {
            throw new CaseFailed("has poll:, but the profile polls nothing");
        }
        List<Event> events = new ArrayList<>();
        String position = "";
        try {
            for (int pages = 0; transport.calls().size() < calls && pages < MOST_PAGES; pages++) {
                Batch batch = polled.poll(account, position, transport, new Context(transport.clock()));
                position = batch.position();
                for (Request request : batch.requests()) {
                    events.addAll(connector.read(account, Signature.polled(request)));
                }
            }
            return events;
        } catch (TransportFailure e) {
            throw new CaseFailed("the poll failed: " + e.detail());
        } catch (MalformedPayload e) {
            throw new CaseFailed("cannot be read: " + e.getMessage());
        }
    }

    /** Of a gateway that has just started. */
    private record Context(Clock clock) implements PollContext {
        @Override
        public Duration limit() {
            return Duration.ofMinutes(1);
        }

        @Override
        public boolean stopping() {
            return false;
        }

        @Override
        public boolean starting() {
            return true;
        }

        @Override
        public void rest(Duration wanted) {
            // a case waits for nothing
        }

        @Override
        public AutoCloseable onStop(Runnable release) {
            return () -> {};
        }
    }
}
