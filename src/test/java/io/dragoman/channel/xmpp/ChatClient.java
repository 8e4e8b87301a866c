// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.filter.StanzaTypeFilter;
import org.jivesoftware.smack.packet.ExtensionElement;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.MessageBuilder;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jxmpp.jid.impl.JidCreate;

/** Somebody who chats with Smack as it is. */
final class ChatClient implements AutoCloseable {
    /** What came, in order. */
    final List<Message> received = new CopyOnWriteArrayList<>();

    private final XMPPTCPConnection connection;

    ChatClient(XmppServer server, String user, String resource) throws Exception {
        connection = new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
                .setXmppDomain(XmppServer.DOMAIN)
                .setHost("127.0.0.1")
                .setPort(server.port)
                .setSecurityMode(SecurityMode.disabled)
                .setUsernameAndPassword(user, XmppServer.PASSWORD)
                .setResource(resource)
                .build());
        connection.addSyncStanzaListener(stanza -> received.add((Message) stanza), StanzaTypeFilter.MESSAGE);
        connection.connect();
        connection.login();
    }

    /** A chat message with an id. */
    static MessageBuilder to(String user, String id) throws Exception {
        return StanzaBuilder.buildMessage(id)
                .to(JidCreate.from(user + "@" + XmppServer.DOMAIN))
                .ofType(Message.Type.chat);
    }

    static StandardExtensionElement element(String name, String namespace, String... attributes) {
        StandardExtensionElement.Builder builder = StandardExtensionElement.builder(name, namespace);
        for (int i = 0; i < attributes.length; i += 2) {
            builder.addAttribute(attributes[i], attributes[i + 1]);
        }
        return builder.build();
    }

    /** An element with as many in it, one in the other. */
    static ExtensionElement nested(int depth) {
        return new ExtensionElement() {
            @Override
            public String getNamespace() {
                return "urn:example:nested";
            }

            @Override
            public String getElementName() {
                return "a";
            }

            @Override
            public CharSequence toXML(XmlEnvironment around) {
                String rest = "<a>".repeat(depth - 1) + "</a>".repeat(depth);
                return "<a xmlns='" + getNamespace() + "'>" + rest;
            }
        };
    }

    /** Comes into a room, without its history. */
    void joins(String room, String nick) throws Exception {
        connection.sendStanza(StanzaBuilder.buildPresence()
                .to(JidCreate.from(room + "/" + nick))
                .addExtension(StandardExtensionElement.builder("x", Names.MUC)
                        .addElement(StandardExtensionElement.builder("history", Names.MUC)
                                .addAttribute("maxstanzas", "0")
                                .build())
                        .build())
                .build());
        String asItIs = "<x xmlns='" + Names.FORM + "' type='submit'/>"; // opens a room that is new
        connection.sendStanza(RawIq.set(room, "query", Names.MUC_OWNER, Map.of(), asItIs));
        XmppLine.await("the room " + room, () -> received.stream()
                .anyMatch(message -> message.hasExtension("subject", Names.CLIENT) || message.getSubject() != null));
    }

    /** A message for everybody in a room. */
    static MessageBuilder toRoom(String room, String id) throws Exception {
        return StanzaBuilder.buildMessage(id).to(JidCreate.from(room)).ofType(Message.Type.groupchat);
    }

    void says(String room, String id, String text) throws Exception {
        send(toRoom(room, id).setBody(text));
    }

    void writes(String to, String id, String text) throws Exception {
        send(to(to, id).setBody(text));
    }

    void send(MessageBuilder message) throws Exception {
        connection.sendStanza(message.build());
    }

    /** The texts that came. */
    List<String> texts() {
        return received.stream()
                .map(Message::getBody)
                .filter(body -> body != null)
                .toList();
    }

    /** What came with an element, by the value of an attribute of it. */
    List<String> named(String namespace, String name, String attribute) {
        return received.stream()
                .map(message -> message.getExtensionElement(name, namespace))
                .filter(StandardExtensionElement.class::isInstance)
                .map(element -> ((StandardExtensionElement) element).getAttributeValue(attribute))
                .toList();
    }

    @Override
    public void close() {
        connection.instantShutdown();
    }
}
