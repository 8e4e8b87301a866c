// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.Outbound.ReadReceipt;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Reaction;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import java.time.Instant;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.impl.JidCreate;

/** Rooms (XEP-0045) of a real server. */
interface XmppRoomContract extends XmppServerContract {
    private XmppLine in(String room, String user) {
        return joined(new XmppLine(account(user, server().port, "rooms", room)), room);
    }

    private static XmppLine joined(XmppLine line, String room) {
        XmppLine.await(
                "the room " + room,
                () -> line.xmpp.held(line.account) != null
                        && line.xmpp.held(line.account).open() != null
                        && line.xmpp.held(line.account).open().rooms.isJoined(room)
                        && line.position().contains(room));
        return line;
    }

    private static DeliveryLookup.Answer lookUp(XmppLine line, String key, String room, Instant since) {
        return line.xmpp.lookUp(
                line.account,
                XmppLine.message(key, room, new Part.Text("any")),
                since,
                id -> false,
                new PlainTransport());
    }

    @Test
    default void aRoomShouldBeOneConversationWithoutOurEchoes() throws Exception {
        String room = "one@rooms.chat.test";
        Instant begun = Instant.now();
        try (XmppLine line = in(room, "shop-n");
                ChatClient ana = new ChatClient(server(), "ana-n", "phone");
                ChatClient ben = new ChatClient(server(), "ben-n", "phone")) {
            ana.joins(room, "Ana");
            ben.joins(room, "Ben");
            ana.says(room, "m-1", "Who is here?");
            XmppLine.await("Ana's", () -> line.texts().contains("Who is here?"));
            ben.says(room, "m-1", "I am"); // ids are the writers' own
            XmppLine.await("Ben's", () -> line.texts().contains("I am"));
            Outcome sent = line.send("k-1", room, "So are we");
            XmppLine.await("the answer", () -> ben.texts().contains("So are we"));
            assertThat(sent).isInstanceOf(Outcome.Sent.class);
            String id = String.valueOf(((Outcome.Sent) sent).externalId());
            assertThat(id).startsWith(room + "|");
            assertThat(lookUp(line, "k-1", room, begun)).isEqualTo(new DeliveryLookup.Found(id));
            assertThat(lookUp(line, "k-2", room, begun)).isInstanceOf(DeliveryLookup.Absent.class);
            assertThat(line.xmpp.markRead(line.account, new ReadReceipt("r-1", room, id), new PlainTransport()))
                    .as("a room is not told who has read what")
                    .isEqualTo(new Outcome.Sent(null));
            ana.send(ChatClient.toRoom(room, "m-2")
                    .addExtension(StandardExtensionElement.builder("reactions", Names.REACTIONS)
                            .addAttribute("id", id.substring(id.indexOf('|') + 1))
                            .addElement("reaction", "👍")
                            .build())
                    .addExtension(ChatClient.element("store", Names.HINTS)));
            XmppLine.await("the reaction", () -> !line.of(Reaction.class).isEmpty());
            assertThat(line.of(Reaction.class).get(0).externalId()).isEqualTo(id);
            assertThat(line.texts()).as("what we wrote is not among it").containsExactly("Who is here?", "I am");
            assertThat(line.of(MessageReceived.class)).allSatisfy(message -> {
                assertThat(message.sender().address()).isEqualTo(room);
                assertThat(message.threading().key()).isEqualTo(room);
                assertThat(message.sender().identities()).noneMatch(identity -> identity.verified());
            });
            assertThat(line.of(MessageReceived.class))
                    .extracting(message -> message.sender().name())
                    .containsExactly("Ana", "Ben");
        }
    }

    @Test
    default void whatWasSaidMeanwhileShouldComeOnceAndNothingFromBefore() throws Exception {
        String room = "two@rooms.chat.test";
        try (CutProxy way = new CutProxy(server().port);
                ChatClient ana = new ChatClient(server(), "ana-o", "phone")) {
            ana.joins(room, "Ana");
            ana.send(ChatClient.toRoom(room, "owner").setBody("long ago"));
            XmppLine.await("the room's word", () -> ana.texts().contains("long ago"));
            long second = Instant.now().getEpochSecond(); // all that a room's history tells
            XmppLine.await("the next second", () -> Instant.now().getEpochSecond() > second);
            XmppLine line = joined(new XmppLine(account("shop-o", way.port(), "rooms", room)), room);
            ana.says(room, "m-1", "before");
            XmppLine.await("the first", () -> line.texts().contains("before"));
            assertThat(line.send("k-1", room, "ours")).isInstanceOf(Outcome.Sent.class);
            line.crash();
            ana.says(room, "m-2", "lost in the crash");
            XmppLine.await("its handing out", () -> line.handedOut() > 0);
            way.cut();
            line.stop();
            ana.says(room, "m-3", "while nobody was there");
            XmppLine.await("the room's word", () -> ana.texts().contains("while nobody was there"));
            try (XmppLine after = line.restarted(way)) {
                joined(after, room);
                ana.says(room, "m-4", "after");
                XmppLine.await("the last", () -> after.texts().contains("after"));
                assertThat(after.texts())
                        .containsExactly("before", "lost in the crash", "while nobody was there", "after");
                assertThat(after.all)
                        .as("what is known is not even handed over again")
                        .extracting(CustomerEvent::key)
                        .doesNotContain(line.events.get(0).key());
            }
        }
    }

    @Test
    default void aNameThatIsTakenShouldBeAnswered() throws Exception {
        String room = "three@rooms.chat.test";
        try (ChatClient ana = new ChatClient(server(), "ana-p", "phone")) {
            ana.joins(room, "shop-p");
            try (XmppLine line = in(room, "shop-p")) {
                assertThat(line.send("k-1", room, "hello")).isInstanceOf(Outcome.Sent.class);
                XmppLine.await("it", () -> ana.texts().contains("hello"));
                assertThat(ana.received)
                        .anyMatch(message -> String.valueOf(message.getFrom()).equals(room + "/shop-p_2"));
                ana.says(room, "m-1", "with your name");
                XmppLine.await("it", () -> line.texts().contains("with your name"));
                ana.send(ChatClient.to("x", "m-2")
                        .to(JidCreate.from(room + "/shop-p_2"))
                        .setBody("psst"));
                XmppLine.await("that it is known", () -> !line.of(Ignored.class).isEmpty());
                assertThat(line.of(Ignored.class).get(0).kind()).isEqualTo("room.private");
                assertThat(line.texts()).containsExactly("with your name");
            }
        }
    }

    @Test
    default void aRoomThatIsNotToBeHadShouldBeSaid() throws Exception {
        String room = "four@nowhere.chat.test";
        try (XmppLine line = new XmppLine(account("shop-q", server().port, "rooms", room)).online()) {
            XmppLine.await("the problem", () -> String.valueOf(
                            line.xmpp.held(line.account).open().problem())
                    .contains("the room " + room + " is not joined: it answered with"));
            assertThat(line.send("k-1", room, "hello")).isEqualTo(Sender.NOT_JOINED);
        }
    }

    @Test
    default void aRoomThatWasLostShouldBeSaidAndJoinedAnew() throws Exception {
        String room = "five@rooms.chat.test";
        Account account = account("shop-r", server().port, "rooms", room, "ping", "0.3s");
        try (XmppLine line = joined(new XmppLine(account), room)) {
            LiveStream live = line.xmpp.held(account).open();
            live.stream.hand(StanzaBuilder.buildPresence()
                    .ofType(Presence.Type.unavailable)
                    .to(JidCreate.from(room + "/shop-r"))
                    .build());
            XmppLine.await("the leaving", () -> String.valueOf(live.problem()).contains("it removed us"));
            XmppLine.await("the joining", () -> live.rooms.isJoined(room));
            assertThat(live.problem()).isNull();
            assertThat(line.send("k-2", room, "second")).isInstanceOf(Outcome.Sent.class);
        }
    }
}
