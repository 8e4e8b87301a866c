// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import io.dragoman.connector.Account;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.Outbound.ReadReceipt;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Sends one message, which is sent when the server has acknowledged it (XEP-0198). */
record Sender(Account account, LiveStream live) {
    static final Outcome NO_STREAM = new Outcome.Retry(Reason.PROVIDER_DOWN, "no stream to the XMPP server is open");

    static final Outcome NOT_JOINED = new Outcome.Retry(Reason.PROVIDER_DOWN, "the room is not joined");

    /** How much earlier than our clock says an attempt is looked for. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final int MOST_PAGES = 20;

    Outcome send(ToCustomer message, Transport transport) {
        Optional<String> to = Jids.bare(message.address());
        if (to.isEmpty()) {
            return new Outcome.Refused(Reason.RECIPIENT_UNKNOWN, "the address is no XMPP address");
        }
        if (message.parts().size() != 1) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "a message has one text or one file");
        }
        try {
            Part part = message.parts().get(0);
            if (part instanceof Part.Media media) {
                return chat(
                        message, to.get(), new FileUpload(account, live, transport).upload(media, message.key()), true);
            }
            return part instanceof Part.Text text
                    ? chat(message, to.get(), text.text(), false)
                    : new Outcome.Refused(Reason.UNSUPPORTED, "a message has one text or one file");
        } catch (FileUpload.NotTaken e) {
            return e.outcome();
        } catch (TransportFailure e) {
            return Outcome.of(e).repeatable(); // the file is not the message
        } catch (IOException e) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "the stored media cannot be read");
        }
    }

    private boolean isRoom(String address) {
        return XmppSettings.rooms(account).contains(address);
    }

    /** A room has it when it shows it. */
    private Outcome inRoom(ToCustomer message, String room, String body, boolean file) {
        return live.rooms.isJoined(room)
                ? live.send(
                        OutgoingStanza.inRoom(message, room, body, file, RoomMark.of(account)), new Outcome.Sent(null))
                : NOT_JOINED;
    }

    private Outcome chat(ToCustomer message, String to, String body, boolean file) {
        if (isRoom(to)) {
            return inRoom(message, to, body, file);
        }
        return live.send(
                OutgoingStanza.chat(message, to, body, file), new Outcome.Sent(ExternalId.of(to, message.key())));
    }

    Outcome markRead(ReadReceipt receipt) {
        if (isRoom(receipt.address())) {
            return new Outcome.Sent(null); // who has read what is nothing to tell a whole room
        }
        Optional<String> id = ExternalId.stanzaId(receipt.externalId(), receipt.address());
        return id.isEmpty()
                ? new Outcome.Refused(Reason.UNSUPPORTED, "the message has no id to name it by")
                : live.send(
                        OutgoingStanza.displayed(receipt.key(), receipt.address(), id.get()), new Outcome.Sent(null));
    }

    /** A login with our resource has ended the stream of the attempt: what the archive has not, will not come. */
    DeliveryLookup.Answer lookUp(ToCustomer message, Instant since) {
        String to = Jids.bare(message.address()).orElse(message.address());
        boolean room = isRoom(to);
        Archive archive = room ? new Archive(live.stream, to) : live.archive;
        if (!room && !live.hasArchive()) {
            return new DeliveryLookup.Unknown("the server keeps no archive of messages", null);
        }
        String after = null;
        try {
            for (int i = 0; i < MOST_PAGES; i++) {
                Archive.Page page =
                        live.answer(archive.ask(new Archive.Query(room ? null : to, since.minus(SKEW), after)));
                if (page.error() != null) {
                    return new DeliveryLookup.Unknown("the server's archive answered with " + page.error(), null);
                }
                for (Archive.Entry entry : page.entries()) {
                    if (room ? isOursInRoom(entry.message(), message.key()) : isOurs(entry.message(), message.key())) {
                        return new DeliveryLookup.Found(ExternalId.of(to, room ? entry.id() : message.key()));
                    }
                }
                if (page.complete() || page.last() == null) {
                    return new DeliveryLookup.Absent();
                }
                after = page.last();
            }
            return new DeliveryLookup.Unknown("the server's archive has too many messages of that time", null);
        } catch (TransportFailure e) {
            return new DeliveryLookup.Unknown(e.detail(), Duration.ofSeconds(5));
        }
    }

    private boolean isOursInRoom(XmlElement shown, String key) {
        return key.equals(shown.attribute("id")) && RoomMark.of(account).isOurs(shown);
    }

    private boolean isOurs(XmlElement sent, String key) {
        boolean named = key.equals(sent.attribute("id"))
                || sent.children(Names.SID, "origin-id").anyMatch(origin -> key.equals(origin.attribute("id")));
        return named && Jids.bare(sent.attribute("from")).orElse("").equals(XmppSettings.us(account));
    }
}
