// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Ignored;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A stream from its login on. First the archive is read up to its end, then the server is told that we are there, so that
 * it brings what comes from now on; then the archive once more, for what came between the two.
 */
final class LiveStream {
    /** If the archive no longer has the message after which it is asked, what came so long before is asked for too. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    final XmppStream stream;
    final Archive archive;
    final Rooms rooms;
    private final long pingMillis;
    private final long timeoutMillis;
    private @Nullable CompletableFuture<Archive.Page> asked;
    private long askedAt;
    private @Nullable UploadService uploads;
    private boolean pinged;
    private boolean present;
    private volatile boolean caughtUp;
    private volatile boolean archived = true;
    private String archiveError = "";
    /** Whether the archive is asked by time. */
    private boolean pruned;

    private LiveStream(XmppStream stream, Account account, Rooms rooms) {
        this.stream = stream;
        this.rooms = rooms;
        archive = new Archive(stream, null);
        pingMillis = account.get(XmppSettings.PING).toMillis();
        timeoutMillis = account.get(XmppSettings.TIMEOUT).toMillis();
    }

    static LiveStream open(Account account, MessageFilter filter) throws TransportFailure {
        boolean accepts = account.get(XmppSettings.CONTACTS) == XmppSettings.Contacts.ACCEPT;
        Rooms rooms = new Rooms(account);
        XmppStream stream = XmppLogin.open(account, filter, new XmppStream.Visitors() {
            @Override
            public void asks(XmppStream open, String who) {
                if (accepts) {
                    open.hand(presence(Presence.Type.subscribed, who));
                }
            }

            @Override
            public boolean inRoom(XmppStream open, XmlElement presence) {
                return rooms.take(open, presence);
            }

            @Override
            public boolean isOurs(XmlElement message) {
                return rooms.isOurName(message) && filter.mark().isOurs(message);
            }
        });
        LiveStream live = new LiveStream(stream, account, rooms);
        live.archive.keepAll();
        return live;
    }

    private static Presence presence(Presence.Type type, @Nullable String to) {
        var presence = StanzaBuilder.buildPresence().ofType(type);
        Jids.parse(to).ifPresent(presence::to);
        return presence.build();
    }

    boolean isCaughtUp() {
        return caughtUp;
    }

    /** Whether the archive is to be asked once more, and is not yet. */
    boolean asksNext() {
        return !caughtUp && asked == null;
    }

    boolean hasArchive() {
        return archived;
    }

    /** What the operator should know; null for nothing. */
    @Nullable
    String problem() {
        return archived
                ? rooms.problem()
                : "the server's archive of messages (XEP-0313) answered with " + archiveError
                        + ": what comes while the gateway is"
                        + " away may be lost, and of a message that was cut off it is unknown whether it was sent";
    }

    /** A page of what the archive has after a place; null while there is none. */
    Archive.@Nullable Page page(XmppPosition from) throws TransportFailure {
        if (caughtUp) {
            return null;
        }
        if (!archived) {
            appear();
            caughtUp = true;
            return null;
        }
        if (asked == null) {
            askedAt = System.nanoTime();
            asked = from.begun() ? archive.ask(query(from)) : archive.last();
            asked.whenComplete((page, problem) -> stream.arrivals.wake());
        }
        if (!asked.isDone()) {
            if ((System.nanoTime() - askedAt) / 1_000_000 > timeoutMillis) {
                stream.close();
                throw TransportFailure.notSent(Reason.TIMEOUT, "the XMPP server's archive did not answer in time");
            }
            return null;
        }
        return taken(from);
    }

    private Archive.Query query(XmppPosition from) {
        Instant at = from.at();
        return pruned && at != null
                ? new Archive.Query(null, at.minus(OVERLAP), null)
                : new Archive.Query(null, null, from.after());
    }

    private Archive.@Nullable Page taken(XmppPosition from) throws TransportFailure {
        Archive.Page page = asked == null || asked.isCompletedExceptionally() ? null : asked.join();
        asked = null;
        if (page == null) {
            return null; // the stream has ended
        }
        if (page.error() != null) {
            failed(page.error(), from);
            return null;
        }
        pruned = false;
        if (from.begun() && (page.complete() || String.valueOf(page.last()).equals(from.after()))) {
            caughtUp = present;
            appear();
        }
        return page;
    }

    /** It no longer has the message after which it was asked, or cannot answer now, or never: then we go on without. */
    private void failed(String error, XmppPosition from) throws TransportFailure {
        if (error.equals("item-not-found") && from.after() != null && !pruned) {
            pruned = true;
        } else if (error.equals("resource-constraint")) {
            stream.close();
            throw TransportFailure.notSent(Reason.THROTTLED, "the XMPP server's archive has no time now");
        } else {
            archived = false;
            archiveError = Ignored.word(error);
        }
    }

    /** From now on the server brings what comes, and copies of what other programs of the account send. */
    private void appear() {
        if (!present) {
            present = true;
            stream.hand(RawIq.set("enable", Names.CARBONS, Map.of(), ""));
            stream.hand(presence(Presence.Type.available, null));
            rooms.join(stream);
        }
    }

    /** The archive has something that the stream brought without its place. */
    void nudge(XmlElement arrival) {
        caughtUp = false;
        stream.arrivals.stored(arrival);
    }

    /** The last batch was not committed. */
    void again() {
        caughtUp = false;
        asked = null;
    }

    /** What was brought is committed: the stream goes on, and who asked for a receipt gets it. */
    void stored(@Nullable XmlElement arrival, List<XmlElement> received) {
        if (arrival != null) {
            stream.arrivals.stored(arrival);
        }
        received.stream()
                .flatMap(message -> OutgoingStanza.receipt(message, stream.us()).stream())
                .forEach(stream::hand);
    }

    /** Waits until something comes. */
    void rest(long millis) throws InterruptedException {
        stream.arrivals.await(millis);
    }

    /** Notices a connection that is dead. */
    void ping() {
        rooms.again(stream);
        long silent = stream.silentMillis();
        if (silent < pingMillis) {
            pinged = false;
        } else if (!pinged) {
            pinged = true;
            stream.hand(RawIq.get(null, "ping", "urn:xmpp:ping", Map.of()));
        } else if (silent > pingMillis + timeoutMillis) {
            stream.close();
        }
    }

    /**
     * Sends a message and waits for the server's word.
     *
     * @param sent what it means that the server has it
     */
    Outcome send(Message message, Outcome sent) {
        CompletableFuture<XmppStream.Acked> acked = stream.tell(message);
        if (acked == null) {
            return Sender.NO_STREAM;
        }
        try {
            XmppStream.Acked how = acked.get(timeoutMillis, TimeUnit.MILLISECONDS);
            if (how instanceof XmppStream.Bounced bounced) {
                return bounced(bounced.error());
            } else if (how instanceof XmppStream.Shown shown) {
                return new Outcome.Sent(ExternalId.of(String.valueOf(message.getTo()), shown.id()));
            }
            return how instanceof XmppStream.Taken
                    ? sent
                    : new Outcome.Uncertain(
                            Reason.PROVIDER_DOWN, "the stream ended before the server acknowledged the message");
        } catch (TimeoutException e) {
            if (message.getType() != Message.Type.groupchat) {
                stream.close(); // so that nothing of it arrives any more when the archive is asked
            } // a room answers in order: what its archive has not then, is not there
            return new Outcome.Uncertain(Reason.TIMEOUT, "the server did not acknowledge the message in time");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Uncertain(Reason.PROVIDER_DOWN, "the gateway stopped before the server's answer");
        }
    }

    /** A room that does not know us is joined anew. */
    private Outcome bounced(XmlElement error) {
        String from = Jids.bare(error.attribute("from")).orElse("");
        if (rooms.isJoined(from) && ErrorTable.condition(error).equals("not-acceptable")) {
            rooms.lost(from);
            return Sender.NOT_JOINED;
        }
        return ErrorTable.outcome(error);
    }

    /** Where the server takes files, asked for once; null where it takes none. */
    synchronized @Nullable UploadService uploads(Account account) throws TransportFailure {
        UploadService known = uploads;
        if (known == null) {
            known = UploadService.find(this, Jids.domain(account.get(XmppSettings.JID)));
            uploads = known;
        }
        return known;
    }

    /** The answer to a query, or why there is none. */
    <T> T answer(CompletableFuture<T> asking) throws TransportFailure {
        try {
            return asking.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw TransportFailure.notSent(Reason.TIMEOUT, "the XMPP server did not answer in time");
        } catch (ExecutionException e) {
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "the stream ended before the XMPP server answered");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "the gateway stops");
        }
    }

    @Override
    public String toString() {
        return "LiveStream[…]";
    }
}
