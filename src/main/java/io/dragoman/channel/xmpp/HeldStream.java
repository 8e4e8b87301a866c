// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.PollHold;
import io.dragoman.connector.Request;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is held of one account while the gateway runs: its stream, and what of that is on its way to the store. One thread
 * polls, many send.
 */
final class HeldStream {
    private static final long LOOK_MILLIS = 200;
    /** A stream that ends so soon is a failure, so that logins do not follow on each other's heels. */
    private static final Duration SHORT = Duration.ofSeconds(5);

    final Account account;
    private final Clock clock;
    private final MessageFilter filter;
    private volatile @Nullable LiveStream live;
    private @Nullable HandedOut handedOut;
    private final PollHold hold = new PollHold(this::close, this::wake);
    private Instant opened = Instant.MIN;

    /**
     * A batch that may be committed.
     *
     * @param arrival what waits for that; null for what came from the archive
     */
    private record HandedOut(Batch batch, @Nullable XmlElement arrival, List<XmlElement> received) {}

    HeldStream(Account account, Clock clock) {
        this.account = account;
        this.clock = clock;
        filter = new MessageFilter(
                XmppSettings.us(account),
                account.get(XmppSettings.RESOURCE),
                XmppSettings.rooms(account),
                RoomMark.of(account));
    }

    /** The stream, where one is open. */
    @Nullable
    LiveStream open() {
        LiveStream open = live;
        return open != null && open.stream.isOpen() ? open : null;
    }

    Batch poll(String position, PollContext context) throws TransportFailure {
        hold.begin(context);
        try {
            settle(position);
            if (context.stopping()) {
                return new Batch(List.of(), position);
            }
            LiveStream open = opened(context);
            Batch batch = next(open, position, context);
            return new Batch(batch.requests(), batch.position(), open.problem());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Batch(List.of(), position);
        } finally {
            hold.end(context);
        }
    }

    /** Lets the stream go on when what it brought is committed; else that is handed out again. */
    private void settle(String position) {
        HandedOut out = handedOut;
        LiveStream open = live;
        handedOut = null;
        if (out != null && open != null && out.batch().position().equals(position)) {
            open.stored(out.arrival(), out.received());
        } else if (out != null && open != null) {
            open.again();
        }
    }

    private LiveStream opened(PollContext context) throws TransportFailure {
        LiveStream before = live;
        if (before != null && before.stream.isOpen()) {
            return before;
        }
        live = null;
        if (before != null) {
            before.stream.close();
            refuse(before.stream.failure());
        }
        LiveStream now = LiveStream.open(account, filter);
        opened = clock.instant();
        live = now;
        if (context.stopping()) {
            now.stream.close();
        }
        return now;
    }

    /** After a stream that ended soon, or for another login with its resource, the next one waits. */
    private void refuse(@Nullable Exception failure) throws TransportFailure {
        TransportFailure why = failure == null
                ? TransportFailure.notSent(
                        Reason.PROVIDER_DOWN, "the XMPP server ended the stream soon after the login")
                : XmppLogin.failure(failure);
        if (why.isLoginRefused() || clock.instant().isBefore(opened.plus(SHORT))) {
            opened = Instant.MIN;
            throw why;
        }
    }

    /** Waits for something to store, or for the archive's answer. */
    private Batch next(LiveStream open, String position, PollContext context)
            throws TransportFailure, InterruptedException {
        XmppPosition from = XmppPosition.read(position);
        open.rooms.known(from.rooms());
        long deadline = System.nanoTime() + context.limit().toNanos();
        while (open.stream.isOpen() && !context.stopping()) {
            List<String> begun = open.rooms.begun();
            if (!begun.isEmpty()) {
                return handOut(
                        new Batch(List.of(), from.rooms(begun, clock.instant()).write()), null, List.of());
            }
            XmlElement arrival = open.stream.arrivals.await(0);
            Batch batch = arrival == null ? archived(open, from, context) : arrived(open, arrival, from, context);
            if (batch != null) {
                return batch;
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            if (open.asksNext()) {
                continue;
            }
            open.ping();
            open.rest(Math.min(LOOK_MILLIS, left));
        }
        return new Batch(List.of(), position);
    }

    private @Nullable Batch arrived(LiveStream open, XmlElement arrival, XmppPosition from, PollContext context) {
        if (MessageFilter.isInRoom(arrival)) {
            return arrivedInRoom(arrival, from, context);
        }
        String id = Envelope.archiveId(arrival, filter.us()).orElse(null);
        if (id == null && open.hasArchive() && isOurs(arrival)) {
            open.nudge(arrival); // the archive has what another program of ours sent, with the id that makes it one
            return null;
        }
        Envelope envelope = Envelope.of(arrival, filter.us(), from.batch());
        List<Request> requests = context.taken(envelope.key()) ? List.of() : List.of(envelope.request(clock.instant()));
        XmppPosition to = from.next(open.isCaughtUp() && open.hasArchive() ? id : null, clock.instant());
        return handOut(new Batch(requests, to.write()), arrival, List.of(arrival));
    }

    /** A room's history is stored until the time of what it brings, so that the rest comes at another joining. */
    private Batch arrivedInRoom(XmlElement arrival, XmppPosition from, PollContext context) {
        Envelope envelope = Envelope.inRoom(arrival, filter.us(), from.batch());
        List<Request> requests = context.taken(envelope.key()) ? List.of() : List.of(envelope.request(clock.instant()));
        String room = Jids.bare(arrival.attribute("from")).orElse("");
        XmppPosition to = from.rooms(List.of(room), envelope.time(clock.instant()));
        return handOut(new Batch(requests, to.write()), arrival, List.of());
    }

    private boolean isOurs(XmlElement message) {
        return Jids.bare(message.attribute("from")).orElse("").equals(filter.us());
    }

    /** What the archive has that came while no stream was there; null while it has not answered. */
    private @Nullable Batch archived(LiveStream open, XmppPosition from, PollContext context) throws TransportFailure {
        Archive.Page page = open.page(from);
        if (page == null) {
            return null;
        }
        Instant now = clock.instant();
        if (!from.begun()) {
            return handOut(new Batch(List.of(), from.begin(page.last(), now).write()), null, List.of());
        }
        List<Request> requests = new ArrayList<>();
        List<XmlElement> received = new ArrayList<>();
        for (Archive.Entry entry : page.entries()) {
            XmlElement kept = MessageFilter.isInRoom(entry.message()) ? null : filter.kept(entry.message());
            if (kept != null && !context.taken(entry.id())) {
                requests.add(Envelope.archived(kept, filter.us(), entry.id(), entry.at())
                        .request(now));
                received.add(kept);
            }
        }
        String last = page.last();
        return last == null || last.equals(from.after())
                ? null
                : handOut(new Batch(requests, from.next(last, now).write()), null, received);
    }

    private Batch handOut(Batch batch, @Nullable XmlElement arrival, List<XmlElement> received) {
        handedOut = new HandedOut(batch, arrival, received);
        return batch;
    }

    private void wake() {
        LiveStream open = live;
        if (open != null) {
            open.stream.arrivals.wake();
        }
    }

    void close() {
        LiveStream open = live;
        if (open != null) {
            open.stream.close();
        }
    }

    @Override
    public String toString() {
        return "HeldStream[" + account.id() + "]";
    }
}
