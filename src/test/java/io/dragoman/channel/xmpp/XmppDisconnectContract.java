// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What holds with any server when connections, servers and gateways end. */
interface XmppDisconnectContract extends XmppServerContract {
    /** Whether the server itself keeps the order when a new login replaces one. */
    boolean keepsOrder();

    /** Of what comes by the stream nothing is lost or doubled, whatever ends when. */
    @Test
    default void crashesAndCutsShouldLoseAndDoubleNothing() throws Exception {
        List<String> written = new ArrayList<>();
        try (CutProxy way = new CutProxy(server().port);
                ChatClient ana = new ChatClient(server(), "ana-e", "phone")) {
            XmppLine line = new XmppLine(account("shop-e", way.port())).online();
            for (int round = 0; round < 6; round++) {
                for (int i = 0; i < 8; i++) {
                    if (i == 3 && round % 3 == 0) {
                        line.crash();
                    } else if (i == 4 && round % 3 == 1) {
                        way.cut();
                    }
                    String text = "round " + round + " number " + i;
                    written.add(text);
                    ana.writes("shop-e", "c-" + written.size(), text);
                }
                if (round % 3 == 0) {
                    line = line.restarted(way);
                }
            }
            XmppLine last = line;
            XmppLine.await("the last message", () -> last.texts().containsAll(written));
            ana.writes("shop-e", "end", "the end");
            XmppLine.await("one more", () -> last.texts().contains("the end"));
            written.add("the end");
            assertThat(last.texts()).containsExactlyInAnyOrderElementsOf(written);
            if (keepsOrder()) {
                assertThat(last.texts()).containsExactlyElementsOf(written);
            }
            last.close();
        }
    }

    /** What no archive keeps is acknowledged (XEP-0198) no sooner than it is stored: the server brings it again. */
    @Test
    default void receiptsThatWereNotStoredShouldComeAgain() throws Exception {
        AssertionError lost = null;
        for (int round = 0; round < 3; round++) {
            try {
                receiptComesAgain();
                return;
            } catch (AssertionError e) {
                lost = e; // seldom, ejabberd does not bring it again
            }
        }
        throw lost;
    }

    private void receiptComesAgain() throws Exception {
        try (CutProxy way = new CutProxy(server().port);
                ChatClient ana = new ChatClient(server(), "ana-f", "phone")) {
            XmppLine line = new XmppLine(account("shop-f", way.port(), "timeout", "2s")).online();
            line.crash();
            ana.send(ChatClient.to("shop-f", "r-" + way.port())
                    .addExtension(ChatClient.element("received", Names.RECEIPTS, "id", "k-" + way.port())));
            XmppLine.await("the receipt", () -> line.handedOut() > 0);
            // the server asks for an acknowledgement at once, and would have it by the end of another query
            assertThat(lookUp(line, "none", "ana")).isInstanceOf(DeliveryLookup.Unknown.class);
            try (XmppLine after = line.restarted(way)) {
                XmppLine.await("the receipt again", () -> after.of(Receipt.class).stream()
                        .anyMatch(receipt -> receipt.externalId().endsWith("|k-" + way.port())));
            }
        }
    }

    /** What was stored is brought by the archive again, where it does not have the last message any longer too. */
    @Test
    default void whatTheArchiveBringsAgainShouldBeTheSame() throws Exception {
        try (ChatClient ana = new ChatClient(server(), "ana-l", "phone")) {
            String before;
            try (XmppLine line = new XmppLine(account("shop-l", server().port)).online()) {
                before = line.position();
                ana.writes("shop-l", "a-1", "once");
                ana.writes("shop-l", "a-2", "once");
                XmppLine.await("both", () -> line.texts().size() == 2);
                line.stop();
                try (XmppLine again = new XmppLine(line.account, before, line.events).online()) {
                    ana.writes("shop-l", "a-3", "the end");
                    XmppLine.await("one more", () -> again.texts().contains("the end"));
                    assertThat(again.texts()).containsExactly("once", "once", "the end");
                }
                String pruned = new XmppPosition(1, true, "1", Instant.now(), Map.of()).write();
                try (XmppLine last = new XmppLine(line.account, pruned, new CopyOnWriteArrayList<>()).online()) {
                    assertThat(last.texts()).containsExactly("once", "once", "the end");
                }
            }
        }
    }

    @Test
    default void aKilledServerShouldLoseNothing() throws Exception {
        try (XmppLine line = new XmppLine(account("shop-g", server().port)).online()) {
            try (ChatClient ana = new ChatClient(server(), "ana-g", "phone")) {
                ana.writes("shop-g", "b-1", "before");
                XmppLine.await("the first", () -> line.texts().contains("before"));
                assertThat(line.send("b-k-1", "ana-g", "one")).isInstanceOf(Outcome.Sent.class);
            }
            server().kill();
            Outcome away = line.send("b-k-2", "ana-g", "two");
            assertThat(away).isInstanceOfAny(Outcome.Retry.class, Outcome.Uncertain.class);
            server().start();
            line.online();
            assertThat(lookUp(line, "b-k-2", "ana-g")).isEqualTo(new DeliveryLookup.Absent());
            try (ChatClient ana = new ChatClient(server(), "ana-g", "phone")) {
                ana.writes("shop-g", "b-2", "after");
                XmppLine.await("the second", () -> line.texts().contains("after"));
                assertThat(line.send("b-k-2", "ana-g", "two")).isInstanceOf(Outcome.Sent.class);
                XmppLine.await("the answer", () -> ana.texts().contains("two"));
            }
            assertThat(line.texts()).containsExactly("before", "after");
        }
    }

    @Test
    default void messagesInDoubtShouldBeFoundInTheArchiveOrSurelyNot() throws Exception {
        try (CutProxy way = new CutProxy(server().port);
                XmppLine line = new XmppLine(account("shop-h", way.port())).online();
                ChatClient ana = new ChatClient(server(), "ana-h", "phone")) {
            String arrived = "arrived-" + way.port();
            way.deafen();
            CompletableFuture<Outcome> first =
                    CompletableFuture.supplyAsync(() -> line.send(arrived, "ana-h", "heard"));
            XmppLine.await("the message", () -> ana.texts().contains("heard"));
            way.cut();
            assertThat(first.join()).isInstanceOf(Outcome.Uncertain.class);
            line.online();
            assertThat(lookUp(line, arrived, "ana-h"))
                    .isEqualTo(new DeliveryLookup.Found("ana-h@chat.test|" + arrived));

            way.mute();
            CompletableFuture<Outcome> second =
                    CompletableFuture.supplyAsync(() -> line.send("lost", "ana-h", "unheard"));
            XmppLine.await("the attempt", () -> way.swallowed() > 150);
            way.cut();
            assertThat(second.join()).isInstanceOf(Outcome.Uncertain.class);
            line.online();
            assertThat(lookUp(line, "lost", "ana-h")).isEqualTo(new DeliveryLookup.Absent());
            assertThat(ana.texts()).doesNotContain("unheard");
        }
    }

    static DeliveryLookup.Answer lookUp(XmppLine line, String key, String to) {
        return line.xmpp.lookUp(
                line.account,
                XmppLine.message(key, to, new Part.Text("?")),
                Instant.now(),
                id -> false,
                new PlainTransport());
    }
}
