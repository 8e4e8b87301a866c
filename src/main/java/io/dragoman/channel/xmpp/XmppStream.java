// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jivesoftware.smack.ConnectionListener;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.parsing.SmackParsingException;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jspecify.annotations.Nullable;

/**
 * One stream to the server. Smack makes it, logs in and counts; what comes is read here, as it is: Smack's own reading is
 * recursive, so that whoever nests deep enough could end its thread. Used once; thread-safe.
 */
final class XmppStream extends XMPPTCPConnection {
    private static final int MOST_RESULTS = 500;

    final Arrivals arrivals = new Arrivals();
    private final String us;
    private final MessageFilter filter;
    private final Visitors visitors;
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();
    private final Map<String, Collected> results = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Acked>> sent = new ConcurrentHashMap<>();
    private volatile @Nullable Exception failure;
    private volatile boolean over;
    /** When something last came. */
    private volatile long heard = System.nanoTime();

    /** What the stream does with what is no message and no answer. */
    interface Visitors {
        /** Somebody asks to see when we are there. */
        void asks(XmppStream stream, String who);

        /** Somebody comes or goes. Whether it is in a room of ours. */
        boolean inRoom(XmppStream stream, XmlElement presence);

        /** Whether a room shows what we wrote there. */
        boolean isOurs(XmlElement message);
    }

    /** How a message that was sent fared. */
    sealed interface Acked {}

    /** The server has it. */
    record Taken() implements Acked {}

    /** The room shows it to everybody, under this id of its own or ours. */
    record Shown(String id) implements Acked {}

    /** The server, or whom it was for, sent it back. */
    record Bounced(XmlElement error) implements Acked {}

    /** The stream ended before a word of it. */
    record Lost() implements Acked {}

    private record Asked(@Nullable String to, CompletableFuture<XmlElement> answer) {}

    /** @param room whose archive was asked; null for our own */
    private record Collected(@Nullable String room, List<XmlElement> results) {}

    XmppStream(XMPPTCPConnectionConfiguration configuration, MessageFilter filter, Visitors visitors) {
        super(configuration);
        this.us = filter.us();
        this.filter = filter;
        this.visitors = visitors;
        setUseStreamManagement(true);
        setUseStreamManagementResumption(false); // the archive has what a lost stream had
        addStanzaAcknowledgedListener(this::acknowledged);
        addConnectionListener(new ConnectionListener() {
            @Override
            public void connectionClosed() {
                end();
            }

            @Override
            public void connectionClosedOnError(Exception problem) {
                failure = problem;
                end();
            }
        });
    }

    /** That the server has it says nothing of a room, which may be elsewhere and not let us write. */
    private void acknowledged(Stanza stanza) {
        boolean room = stanza instanceof Message message && message.getType() == Message.Type.groupchat;
        if (!room) {
            settle(stanza.getStanzaId(), new Taken());
        }
    }

    @Override
    protected void parseAndProcessStanza(XmlPullParser parser)
            throws XmlPullParserException, IOException, InterruptedException {
        XmlElement stanza = XmlElement.read(parser);
        heard = System.nanoTime();
        switch (stanza.name()) {
            case "message" -> message(stanza);
            case "presence" -> presence(stanza);
            default -> query(stanza);
        }
    }

    private void message(XmlElement message) throws IOException, InterruptedException {
        XmlElement result = message.child(Names.MAM, "result").orElse(null);
        Collected page = result == null ? null : results.get(String.valueOf(result.attribute("queryid")));
        String archive = page == null ? null : page.room();
        boolean theirs = archive == null ? fromOurServer(message) : archive.equals(message.attribute("from"));
        if (result != null && theirs) {
            if (page != null && page.results().size() < MOST_RESULTS) {
                page.results().add(result);
            }
            return; // it is in the archive still
        }
        if (MessageFilter.isInRoom(message) && visitors.isOurs(message)) {
            settle(message.attribute("id"), new Shown(Envelope.idInRoom(message)));
        }
        boolean told = "error".equals(message.attribute("type"))
                && settle(message.attribute("id"), new Bounced(message))
                && ErrorTable.passes(message);
        XmlElement kept = told ? null : filter.kept(message);
        if (kept != null) {
            arrivals.bring(kept);
        }
    }

    private void presence(XmlElement presence) {
        if (visitors.inRoom(this, presence)) {
            return;
        }
        if ("subscribe".equals(presence.attribute("type"))) {
            Jids.bare(presence.attribute("from")).ifPresent(who -> visitors.asks(this, who));
        }
    }

    private void query(XmlElement query) throws IOException, InterruptedException {
        String id = String.valueOf(query.attribute("id"));
        Asked question = asked.get(id);
        if (question != null && isAnswer(query, question)) {
            asked.remove(id);
            question.answer().complete(query);
            return;
        }
        try {
            Stanza stanza = PacketParserUtils.parseStanza(query.xml());
            processStanza(stanza);
        } catch (XmlPullParserException | SmackParsingException | RuntimeException e) {
            return; // a query that nobody understands needs no answer but a time-out
        }
    }

    /** Anybody may send us answers; only whom we asked can give them (RFC 6120, 8.1.2.1). */
    private boolean isAnswer(XmlElement query, Asked question) {
        String type = query.attribute("type");
        if (!"result".equals(type) && !"error".equals(type)) {
            return false;
        }
        String to = question.to();
        return to == null ? fromOurServer(query) : to.equals(query.attribute("from"));
    }

    /** Whether our own account says it: in its name, or in none (XEP-0280 and XEP-0313, Security Considerations). */
    private boolean fromOurServer(XmlElement stanza) {
        String from = stanza.attribute("from");
        return from == null || from.equals(us);
    }

    /** Asks the server, or {@code to}; the answer is the whole IQ. */
    CompletableFuture<XmlElement> ask(@Nullable String to, IQ query) {
        CompletableFuture<XmlElement> answer = new CompletableFuture<>();
        String id = query.getStanzaId();
        asked.put(id, new Asked(to, answer));
        answer.whenComplete((done, problem) -> asked.remove(id));
        if (over || !hand(query)) {
            answer.completeExceptionally(new IOException("the stream is over"));
        }
        return answer;
    }

    /** Collects the results of a query of the archive; call before it is asked. */
    List<XmlElement> collect(String queryId, @Nullable String room) {
        List<XmlElement> page = java.util.Collections.synchronizedList(new ArrayList<>());
        results.put(queryId, new Collected(room, page));
        return page;
    }

    void forget(String queryId) {
        results.remove(queryId);
    }

    /** Sends a message; empty when it surely was not. The future ends at the latest with the stream. */
    @Nullable
    CompletableFuture<Acked> tell(Stanza message) {
        String id = message.getStanzaId();
        CompletableFuture<Acked> outcome = new CompletableFuture<>();
        sent.put(id, outcome);
        if (over || !hand(message)) {
            sent.remove(id, outcome);
            return null;
        }
        return outcome;
    }

    /** Sends without asking what becomes of it; false where the stream is over. */
    boolean hand(Stanza stanza) {
        try {
            sendStanza(stanza);
            return true;
        } catch (SmackException.NotConnectedException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean settle(@Nullable String id, Acked how) {
        CompletableFuture<Acked> outcome = id == null ? null : sent.remove(id);
        return outcome != null && outcome.complete(how);
    }

    private void end() {
        over = true;
        arrivals.close();
        List.copyOf(sent.keySet()).forEach(id -> settle(id, new Lost()));
        IOException ended = new IOException("the stream is over");
        List.copyOf(asked.values()).forEach(question -> question.answer().completeExceptionally(ended));
    }

    /** Our address, without the resource. */
    String us() {
        return us;
    }

    /** Whether its end has not been told: Smack hangs up first and tells why later, and the end is known with its cause. */
    boolean isOpen() {
        return !over;
    }

    /** Why it ended; null where that was in order, or it is open. */
    @Nullable
    Exception failure() {
        return failure;
    }

    /** How long nothing has come. */
    long silentMillis() {
        return (System.nanoTime() - heard) / 1_000_000;
    }

    /** Ends it at once, and tells the server of no message that is not stored. */
    void close() {
        end();
        instantShutdown();
    }
}
