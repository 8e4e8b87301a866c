// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.model.Hashes;
import io.dragoman.model.UnicodeText;
import java.util.Optional;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.MessageBuilder;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.StanzaBuilder;

/** The messages that are sent. */
final class OutgoingStanza {
    private OutgoingStanza() {}

    /** A text or the address of a file; {@code id} and origin-id are the delivery's key. */
    static Message chat(ToCustomer message, String to, String body, boolean file) {
        MessageBuilder chat = to(to, message.key())
                .setBody(clean(body))
                .addExtension(named(Names.SID, "origin-id", message.key()))
                .addExtension(element(Names.RECEIPTS, "request"))
                .addExtension(element(Names.MARKERS, "markable"));
        extend(chat, message, to, body, file);
        return chat.build();
    }

    private static void extend(MessageBuilder chat, ToCustomer message, String to, String body, boolean file) {
        if (file) {
            chat.addExtension(StandardExtensionElement.builder("x", Names.OOB)
                    .addElement("url", body)
                    .build());
        }
        String replyTo = message.replyTo();
        if (replyTo != null) {
            ExternalId.stanzaId(replyTo, to)
                    .ifPresent(id -> chat.addExtension(StandardExtensionElement.builder("reply", Names.REPLY)
                            .addAttribute("to", to)
                            .addAttribute("id", id)
                            .build()));
        }
    }

    /** The same for everybody in a room, with the mark by which we know it there; nobody is asked for receipts. */
    static Message inRoom(ToCustomer message, String room, String body, boolean file, RoomMark mark) {
        MessageBuilder chat = StanzaBuilder.buildMessage(message.key())
                .to(Jids.parse(room).orElseThrow())
                .ofType(Message.Type.groupchat)
                .setBody(clean(body))
                .addExtension(named(Names.SID, "origin-id", message.key()))
                .addExtension(StandardExtensionElement.builder("sent", Names.SENT)
                        .addAttribute("proof", mark.proof(message.key()))
                        .build());
        extend(chat, message, room, body, file);
        return chat.build();
    }

    /** That a message was delivered to us, where its sender asks for it; never for an error or a receipt (XEP-0184, 5). */
    static Optional<Message> receipt(XmlElement received, String us) {
        String id = received.attribute("id");
        String from = Jids.bare(received.attribute("from")).orElse(us);
        if (id == null
                || from.equals(us)
                || "error".equals(received.attribute("type"))
                || received.has(Names.RECEIPTS, "received")
                || !received.has(Names.RECEIPTS, "request")) {
            return Optional.empty();
        }
        return Optional.of(
                to(from, Hashes.sha256Hex("receipt|" + from + "|" + id).substring(0, 32))
                        .addExtension(named(Names.RECEIPTS, "received", id))
                        .addExtension(element(Names.HINTS, "store"))
                        .build());
    }

    /** That a message was read. */
    static Message displayed(String key, String to, String id) {
        return to(to, key)
                .addExtension(named(Names.MARKERS, "displayed", id))
                .addExtension(element(Names.HINTS, "store"))
                .build();
    }

    private static MessageBuilder to(String address, String id) {
        return StanzaBuilder.buildMessage(id)
                .to(Jids.parse(address).orElseThrow())
                .ofType(Message.Type.chat);
    }

    private static StandardExtensionElement element(String namespace, String name) {
        return StandardExtensionElement.builder(name, namespace).build();
    }

    private static StandardExtensionElement named(String namespace, String name, String id) {
        return StandardExtensionElement.builder(name, namespace)
                .addAttribute("id", id)
                .build();
    }

    /** A character that XML does not have (XML 1.0, 2.2) would end the stream. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        UnicodeText.wellFormed(text)
                .replace("\r\n", "\n")
                .replace('\r', '\n')
                .codePoints()
                .map(point -> isXml(point) ? point : 0xfffd)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isXml(int point) {
        return point == '\n' || point == '\t' || (point >= 0x20 && point != 0xfffe && point != 0xffff);
    }
}
