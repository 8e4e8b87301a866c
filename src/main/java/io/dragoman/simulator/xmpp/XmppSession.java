// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.xmpp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** One stream of a client (RFC 6120): login, resource, stream management (XEP-0198). Its own thread reads. Thread-safe. */
final class XmppSession implements Runnable, AutoCloseable {
    private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";
    private static final String SM = "urn:xmpp:sm:3";

    private final XmppSimulator server;
    private final Socket socket;
    private final String nonce;
    private @Nullable ScramServer scram;
    private boolean known;
    private boolean counting;
    private long handled;
    private volatile String resource = "";
    private volatile boolean present;
    private volatile boolean silent;

    XmppSession(XmppSimulator server, Socket socket, String nonce) {
        this.server = server;
        this.socket = socket;
        this.nonce = nonce;
    }

    String resource() {
        return resource;
    }

    /** Whether messages are brought to it. */
    boolean isPresent() {
        return present;
    }

    /** It acknowledges nothing any more. */
    void fallSilent() {
        silent = true;
    }

    void present() {
        present = true;
    }

    String jid() {
        return XmppSimulator.SHOP + "/" + SimulatedXml.escaped(resource);
    }

    @Override
    public void run() {
        try (socket) {
            while (stream()) {
                // after the login the stream begins anew
            }
        } catch (IOException | XMLStreamException | GeneralSecurityException e) {
            // the client is gone, or spoke something else
        } finally {
            present = false;
            server.ended(this);
        }
    }

    /** Reads a stream until it ends, or the client is known and begins anew, which is true. */
    private boolean stream() throws IOException, XMLStreamException, GeneralSecurityException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(socket.getInputStream());
        while (reader.getEventType() != XMLStreamConstants.START_ELEMENT) {
            if (reader.next() == XMLStreamConstants.DTD) {
                throw new XMLStreamException("a stream has no document type (RFC 6120, 11.1)");
            }
        }
        write(
                "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
                        + " version='1.0' from='" + XmppSimulator.DOMAIN + "' id='" + nonce + "'>" + features());
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                write("</stream:stream>");
                return false;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                boolean before = known;
                take(SimulatedXml.read(reader));
                if (known && !before) {
                    return true;
                }
            }
        }
        return false;
    }

    private String features() {
        return "<stream:features>"
                + (known
                        ? "<bind xmlns='" + BIND + "'/><session xmlns='urn:ietf:params:xml:ns:xmpp-session'><optional/>"
                                + "</session><sm xmlns='" + SM + "'/>"
                        : "<mechanisms xmlns='" + SASL + "'><mechanism>SCRAM-SHA-1</mechanism>"
                                + "<mechanism>PLAIN</mechanism></mechanisms>")
                + "</stream:features>";
    }

    private void take(Element element) throws IOException, GeneralSecurityException {
        String namespace = String.valueOf(element.getNamespaceURI());
        if (!known) {
            login(element);
        } else if (namespace.equals(SM)) {
            manage(element.getLocalName());
        } else {
            handled++;
            if (!bind(element)) {
                server.take(this, element);
            }
        }
    }

    private void login(Element element) throws IOException, GeneralSecurityException {
        String said =
                new String(Base64.getDecoder().decode(element.getTextContent().strip()), StandardCharsets.UTF_8);
        ScramServer begun = scram;
        if (element.getAttribute("mechanism").equals("PLAIN")) {
            answer(said.endsWith("\0" + XmppSimulator.USER + "\0" + XmppSimulator.PASSWORD), "");
        } else if (element.getAttribute("mechanism").equals("SCRAM-SHA-1")) {
            ScramServer now = new ScramServer(XmppSimulator.PASSWORD, nonce);
            String challenge = now.challenge(said);
            scram = now;
            write("<challenge xmlns='" + SASL + "'>" + encoded(challenge) + "</challenge>");
        } else {
            String proof = begun == null || !begun.user().equals(XmppSimulator.USER) ? "" : begun.finish(said);
            answer(!proof.isEmpty(), proof);
        }
    }

    private void answer(boolean good, String words) throws IOException {
        known = good;
        write(
                good
                        ? "<success xmlns='" + SASL + "'>" + encoded(words) + "</success>"
                        : "<failure xmlns='" + SASL + "'><not-authorized/></failure>");
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void manage(String name) throws IOException {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "enable" -> {
                counting = true;
                handled = 0;
                write("<enabled xmlns='" + SM + "' id='" + nonce + "'/>");
            }
            case "r" -> {
                if (silent) {
                    return;
                }
                write("<a xmlns='" + SM + "' h='" + handled + "'/>");
                server.acknowledged(this);
            }
            case "resume" ->
                write("<failed xmlns='" + SM + "'><item-not-found"
                        + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>");
            default -> {
                // it acknowledges ours, which stand in the archive
            }
        }
    }

    private boolean bind(Element element) throws IOException {
        Element bind = SimulatedXml.child(element, BIND, "bind");
        if (bind == null) {
            return false;
        }
        String wanted = SimulatedXml.text(bind, BIND, "resource");
        resource = wanted.isEmpty() ? nonce : wanted;
        server.bound(this);
        write("<iq type='result' id='" + SimulatedXml.escaped(element.getAttribute("id")) + "'><bind xmlns='" + BIND
                + "'><jid>" + jid() + "</jid></bind></iq>");
        return true;
    }

    /** Brings stanzas, and asks for the word that they came. */
    void bring(List<String> stanzas) {
        try {
            for (String stanza : stanzas) {
                write(stanza);
            }
            if (counting) {
                write("<r xmlns='" + SM + "'/>");
            }
        } catch (IOException e) {
            close();
        }
    }

    private synchronized void write(String xml) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(xml.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Another login has its resource. */
    void conflict() {
        try {
            write(
                    "<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>");
        } catch (IOException e) {
            // it is gone already
        }
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
