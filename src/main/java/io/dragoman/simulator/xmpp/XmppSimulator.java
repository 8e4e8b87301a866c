// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.xmpp;

import io.dragoman.simulator.Answering;
import io.dragoman.simulator.Script;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.w3c.dom.Element;

/**
 * An XMPP server with the account of a shop: login by SCRAM-SHA-1 or PLAIN, without TLS, stream management (XEP-0198), an
 * archive (XEP-0313) and any room (XEP-0045). A customer is any name; their program acknowledges what comes (XEP-0184).
 * Thread-safe.
 */
public final class XmppSimulator implements Simulator, Answering {
    /** The shop's account. */
    public static final String SHOP = "shop@sim.example";

    static final String DOMAIN = "sim.example";
    static final String USER = "shop";
    static final String PASSWORD = "simulated-password";
    private static final String ROOMS = "rooms." + DOMAIN;
    private static final long LOGIN_SECONDS = 15;
    /** As of a webhook that nobody answered. */
    private static final int NOBODY = 0;

    private static final String CLIENT = "jabber:client";
    private static final String RECEIPTS = "urn:xmpp:receipts";
    private static final String MAM = "urn:xmpp:mam:2";

    private final Script script = new Script();
    private final SimulatorIds ids;
    private final ServerSocket port;
    private final ChatArchive archive = new ChatArchive();
    private final Map<String, SimulatedRoom> rooms = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final List<XmppSession> sessions = new CopyOnWriteArrayList<>();
    private final List<Delivered> delivered = new CopyOnWriteArrayList<>();
    private final List<String> afterAcknowledgement = new ArrayList<>();
    private final CountDownLatch here = new CountDownLatch(1);
    private volatile Consumer<String> listener = line -> {};

    /** On a port; 0 for any free one. */
    public XmppSimulator(int port) {
        this(port, Clock.systemUTC());
    }

    /** @param clock tells where its ids begin */
    public XmppSimulator(int port, Clock clock) {
        ids = new SimulatorIds(clock);
        try {
            this.port = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("the simulator cannot listen on port " + port, e);
        }
        start("xmpp-simulator", this::accept);
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!port.isClosed()) {
            try {
                Socket socket = port.accept();
                socket.setTcpNoDelay(true);
                XmppSession session = new XmppSession(this, socket, "n" + ids.next());
                sessions.add(session);
                start("xmpp-session", session);
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    @Override
    public String kind() {
        return "xmpp";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "jid",
                SHOP,
                "password",
                PASSWORD,
                "host",
                "127.0.0.1",
                "port",
                String.valueOf(port.getLocalPort()),
                "tls",
                "false");
    }

    @Override
    public synchronized Optional<String> address(String customer) {
        String name = customer.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "");
        String hash = UUID.nameUUIDFromBytes(customer.getBytes(StandardCharsets.UTF_8))
                .toString();
        String jid = (name.equals(customer) ? name : name + "-" + hash.substring(0, 8)) + "@" + DOMAIN;
        names.put(jid, customer);
        return Optional.of(jid);
    }

    /** It posts nothing: the shop logs in. */
    @Override
    public Optional<String> why() {
        return here.getCount() == 0
                ? Optional.empty()
                : Optional.of(
                        "it has not logged in here. Put the account above into its config/channels.yaml and start it");
    }

    /** What is written before the shop was ever there is not for it: that is waited for, 15 seconds at most. */
    @Override
    public int customerWrites(URI callback, String customer, String text) {
        try {
            if (!here.await(LOGIN_SECONDS, TimeUnit.SECONDS)) {
                return NOBODY;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NOBODY;
        }
        String jid = address(customer).orElseThrow();
        String inner = "<body>" + SimulatedXml.escaped(text) + "</body><nick xmlns='http://jabber.org/protocol/nick'>"
                + SimulatedXml.escaped(customer) + "</nick><request xmlns='" + RECEIPTS + "'/>";
        tell(jid, "m" + ids.next(), inner);
        return 200;
    }

    /** A customer writes in a room. */
    public synchronized void customerSays(String room, String customer, String text) {
        SimulatedRoom found = room(room);
        found.enter(customer);
        String shown = found.show(customer, "m" + ids.next(), "<body>" + SimulatedXml.escaped(text) + "</body>");
        if (found.isJoined()) {
            bring(List.of(shown));
        }
    }

    /** A room does not know the shop any more, which it says of the next message. */
    public synchronized void forgets(String room) {
        room(room).forget();
    }

    /** All connections break. */
    public void cut() {
        sessions.forEach(XmppSession::close);
    }

    private synchronized void tell(String from, String id, String inner) {
        String stamp = "a" + ids.next();
        String xml = "<message xmlns='" + CLIENT + "' type='chat' from='" + from + "/phone' to='" + SHOP + "' id='" + id
                + "'>" + inner + "<stanza-id xmlns='urn:xmpp:sid:0' by='" + SHOP + "' id='" + stamp + "'/></message>";
        archive.add(new ChatArchive.Entry(stamp, from, Instant.now(), xml));
        bring(List.of(xml));
    }

    private void bring(List<String> stanzas) {
        sessions.stream().filter(XmppSession::isPresent).forEach(session -> session.bring(stanzas));
    }

    private SimulatedRoom room(String address) {
        return rooms.computeIfAbsent(address, room -> new SimulatedRoom(room, ids::next));
    }

    /** A stanza of the shop's. */
    synchronized void take(XmppSession session, Element stanza) {
        String to = stanza.getAttribute("to");
        listener.accept("shop sends " + stanza.getLocalName() + (to.isEmpty() ? "" : " to " + to));
        switch (String.valueOf(stanza.getLocalName())) {
            case "iq" -> session.bring(query(stanza, to));
            case "presence" -> presence(session, stanza, to);
            default -> message(session, stanza, to);
        }
    }

    private void presence(XmppSession session, Element presence, String to) {
        int slash = to.indexOf('/');
        if (to.isEmpty()) {
            session.present();
            here.countDown();
        } else if (to.contains("@" + ROOMS) && slash > 0) {
            String nick = to.substring(slash + 1);
            session.bring(room(to.substring(0, slash)).presence(presence, session.jid(), nick));
        }
    }

    private List<String> query(Element iq, String to) {
        String start = "<iq type='result' id='" + SimulatedXml.escaped(iq.getAttribute("id")) + "'"
                + (to.isEmpty() ? "" : " from='" + SimulatedXml.escaped(to) + "'") + ">";
        Element payload = SimulatedXml.children(iq).stream().findFirst().orElse(iq);
        String namespace = String.valueOf(payload.getNamespaceURI());
        String name = String.valueOf(payload.getLocalName());
        if (namespace.equals(MAM) && name.equals("query")) {
            boolean room = to.contains("@" + ROOMS);
            ChatArchive asked = room ? room(to).archive() : archive;
            List<String> page =
                    ChatArchive.written(asked.page(payload), payload, room ? to : SHOP, SHOP, iq.getAttribute("id"));
            return page == null ? List.of(error(iq, to, "item-not-found")) : page;
        }
        return switch (namespace) {
            case "urn:xmpp:ping", "urn:xmpp:carbons:2", "urn:ietf:params:xml:ns:xmpp-session" ->
                List.of(start + "</iq>");
            case MAM -> List.of(start + SimulatedXml.write(payload) + "</iq>");
            case "http://jabber.org/protocol/disco#items",
                    "http://jabber.org/protocol/disco#info",
                    "jabber:iq:roster" -> List.of(start + "<query xmlns='" + namespace + "'/></iq>");
            default -> List.of(error(iq, to, "service-unavailable"));
        };
    }

    private static String error(Element stanza, String from, String condition) {
        return "<" + stanza.getLocalName() + " type='error' id='" + SimulatedXml.escaped(stanza.getAttribute("id"))
                + "'"
                + (from.isEmpty() ? "" : " from='" + SimulatedXml.escaped(from) + "'") + "><error type='cancel'>"
                + "<" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></" + stanza.getLocalName()
                + ">";
    }

    private void message(XmppSession session, Element message, String to) {
        if (message.getAttribute("type").equals("groupchat")) {
            toRoom(session, message, to);
            return;
        }
        String id = message.getAttribute("id");
        String customer = names.get(to);
        if (customer == null) {
            session.bring(List.of(error(message, to, "service-unavailable")));
            return;
        }
        String text = SimulatedXml.text(message, CLIENT, "body");
        if (!text.isEmpty() && !AnsweredStanza.of(script, session, message, text)) {
            return;
        }
        String stamp = "a" + ids.next();
        message.setAttribute("from", session.jid());
        archive.add(new ChatArchive.Entry(stamp, to, Instant.now(), SimulatedXml.write(message)));
        String body = SimulatedXml.text(message, CLIENT, "body");
        if (!body.isEmpty()) {
            deliver(new Delivered(customer, id, body));
        }
        if (SimulatedXml.child(message, RECEIPTS, "request") != null) {
            tell(to, "r" + ids.next(), "<received xmlns='" + RECEIPTS + "' id='" + SimulatedXml.escaped(id) + "'/>");
        }
    }

    private void toRoom(XmppSession session, Element message, String to) {
        SimulatedRoom room = room(to);
        if (!room.isJoined()) { // rooms of other servers answer late
            afterAcknowledgement.add(error(message, to, "not-acceptable"));
            return;
        }
        session.bring(List.of(room.show(null, message.getAttribute("id"), SimulatedXml.inner(message))));
        deliver(new Delivered(to, message.getAttribute("id"), SimulatedXml.text(message, CLIENT, "body")));
    }

    private void deliver(Delivered message) {
        delivered.add(message);
        listener.accept(message.customer() + " gets: " + message.content());
    }

    /** What waited for that is brought now. */
    synchronized void acknowledged(XmppSession session) {
        session.bring(List.copyOf(afterAcknowledgement));
        afterAcknowledgement.clear();
    }

    /** A login ends the one before with the same resource. */
    void bound(XmppSession session) {
        sessions.stream()
                .filter(other -> other != session && other.resource().equals(session.resource()))
                .forEach(XmppSession::conflict);
    }

    void ended(XmppSession session) {
        sessions.remove(session);
    }

    @Override
    public Map<String, String> impatient() {
        return Map.of("timeout", "5s");
    }

    @Override
    public Script script() {
        return script;
    }

    @Override
    public List<Delivered> delivered() {
        return List.copyOf(delivered);
    }

    @Override
    public void listen(Consumer<String> next) {
        listener = next;
    }

    @Override
    public void close() {
        try {
            port.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    @Override
    public String toString() {
        return "XmppSimulator[" + port.getLocalPort() + "]";
    }
}
