// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.CustomerEvent.MessageDeleted;
import io.dragoman.model.CustomerEvent.MessageEchoed;
import io.dragoman.model.CustomerEvent.MessageEdited;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Reaction;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jivesoftware.smack.XMPPException.StreamErrorException;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.junit.jupiter.api.Test;

/** What holds with any server. */
interface XmppServerContract {
    /** XEP-0085. */
    String CHAT_STATES = "http://jabber.org/protocol/chatstates";

    XmppServer server();

    default Account account(String user, int port, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "jid",
                user + "@" + XmppServer.DOMAIN,
                "password",
                XmppServer.PASSWORD,
                "host",
                "127.0.0.1",
                "port",
                String.valueOf(port),
                "tls",
                "false",
                "files",
                "http://127.0.0.1:" + server().http,
                "timeout",
                "5s"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return XmppLine.account(settings);
    }

    @Test
    default void chatsShouldGoBothWaysWithTheirReceipts() throws Exception {
        try (XmppLine line = new XmppLine(account("shop-a", server().port)).online();
                ChatClient ana = new ChatClient(server(), "ana-a", "phone")) {
            ana.send(ChatClient.to("shop-a", "m-1")
                    .setBody("Hello <€> & \"you\" 👋")
                    .addExtension(ChatClient.element("request", Names.RECEIPTS)));
            XmppLine.await("the message", () -> line.texts().contains("Hello <€> & \"you\" 👋"));
            XmppLine.await("its receipt", () -> ana.named(Names.RECEIPTS, "received", "id")
                    .contains("m-1"));
            MessageReceived first = line.of(MessageReceived.class).get(0);
            assertThat(first.sender().address()).isEqualTo("ana-a@chat.test");
            assertThat(first.externalId()).isEqualTo("ana-a@chat.test|m-1");

            assertThat(line.send("k-1", "ana-a", "Good day\u0001 ~ÄÖÜ"))
                    .isEqualTo(new Outcome.Sent("ana-a@chat.test|k-1"));
            XmppLine.await("the answer", () -> ana.texts().contains("Good day\ufffd ~ÄÖÜ"));
            ana.send(ChatClient.to("shop-a", "r-1")
                    .addExtension(ChatClient.element("received", Names.RECEIPTS, "id", "k-1")));
            ana.send(ChatClient.to("shop-a", "r-2")
                    .addExtension(ChatClient.element("displayed", Names.MARKERS, "id", "k-1")));
            XmppLine.await("that it was read", () -> line.of(Receipt.class).stream()
                    .anyMatch(receipt -> receipt.status() == Status.READ));
            assertThat(line.of(Receipt.class)).extracting(Receipt::externalId).containsOnly("ana-a@chat.test|k-1");
            assertThat(line.of(Receipt.class))
                    .extracting(Receipt::status)
                    .containsExactly(Status.DELIVERED, Status.READ);
        }
    }

    @Test
    default void whatChangesAMessageShouldNameIt() throws Exception {
        try (XmppLine line = new XmppLine(account("shop-b", server().port)).online();
                ChatClient ben = new ChatClient(server(), "ben-b", "phone")) {
            ben.send(ChatClient.to("shop-b", "t-1").addExtension(ChatClient.element("composing", CHAT_STATES)));
            ben.writes("shop-b", "m-1", "Two shirst");
            ben.send(ChatClient.to("shop-b", "m-2")
                    .setBody("Two shirts")
                    .addExtension(ChatClient.element("replace", Names.CORRECT, "id", "m-1")));
            ben.send(ChatClient.to("shop-b", "m-3")
                    .addExtension(StandardExtensionElement.builder("reactions", Names.REACTIONS)
                            .addAttribute("id", "k-7")
                            .addElement("reaction", "👍")
                            .build())
                    .addExtension(ChatClient.element("store", Names.HINTS)));
            ben.send(ChatClient.to("shop-b", "m-4")
                    .setBody("> When?\nToday")
                    .addExtension(ChatClient.element("reply", Names.REPLY, "to", "shop-b@chat.test", "id", "k-7"))
                    .addExtension(StandardExtensionElement.builder("fallback", Names.FALLBACK)
                            .addAttribute("for", Names.REPLY)
                            .addElement(StandardExtensionElement.builder("body", Names.FALLBACK)
                                    .addAttribute("start", "0")
                                    .addAttribute("end", "8")
                                    .build())
                            .build()));
            ben.send(ChatClient.to("shop-b", "m-5")
                    .setBody("This person takes a message back, but your program cannot.")
                    .addExtension(ChatClient.element("retract", Names.RETRACT, "id", "m-1")));
            XmppLine.await("all of it", () -> !line.of(MessageDeleted.class).isEmpty());
            assertThat(line.texts()).containsExactly("Two shirst", "Today");
            assertThat(line.of(MessageEdited.class))
                    .extracting(MessageEdited::externalId)
                    .containsExactly("ben-b@chat.test|m-1");
            assertThat(line.of(MessageDeleted.class))
                    .extracting(MessageDeleted::externalId)
                    .containsExactly("ben-b@chat.test|m-1");
            assertThat(line.of(Reaction.class))
                    .extracting(Reaction::externalId, Reaction::emoji)
                    .containsExactly(tuple("ben-b@chat.test|k-7", "👍"));
            assertThat(line.of(MessageReceived.class).get(1).replyTo()).isEqualTo("ben-b@chat.test|k-7");
        }
    }

    @Test
    default void whatAnotherProgramOfOursWritesShouldBeAnEcho() throws Exception {
        try (CutProxy way = new CutProxy(server().port);
                XmppLine line = new XmppLine(account("shop-c", way.port())).online();
                ChatClient phone = new ChatClient(server(), "shop-c", "phone")) {
            line.send("k-1", "ana-c", "By the gateway");
            phone.writes("ana-c", "p-1", "By the phone");
            XmppLine.await("the echo", () -> !line.of(MessageEchoed.class).isEmpty());
            try (XmppLine after = line.restarted(way).online()) {
                phone.writes("ana-c", "p-2", "Once more");
                XmppLine.await("the next", () -> after.of(MessageEchoed.class).size() == 2);
                assertThat(after.of(MessageEchoed.class))
                        .extracting(MessageEchoed::externalId, echo -> echo.customer()
                                .address())
                        .containsExactly(
                                tuple("ana-c@chat.test|p-1", "ana-c@chat.test"),
                                tuple("ana-c@chat.test|p-2", "ana-c@chat.test"));
                assertThat(after.texts()).isEmpty();
            }
        }
    }

    /** Nobody of the account's else can say what a carbon copy says (XEP-0280, 11). */
    @Test
    default void forgedCopiesAndIdsShouldBeNothing() throws Exception {
        try (XmppLine line = new XmppLine(account("shop-d", server().port)).online();
                ChatClient ana = new ChatClient(server(), "ana-d", "phone")) {
            StandardExtensionElement inner = StandardExtensionElement.builder("message", Names.CLIENT)
                    .addAttribute("from", "ben-d@chat.test/phone")
                    .addAttribute("to", "shop-d@chat.test")
                    .addAttribute("type", "chat")
                    .addElement(StandardExtensionElement.builder("body", Names.CLIENT)
                            .setText("I am not Ben")
                            .build())
                    .build();
            StandardExtensionElement forwarded = StandardExtensionElement.builder("forwarded", Names.FORWARD)
                    .addElement(inner)
                    .build();
            ana.send(ChatClient.to("shop-d", "f-1")
                    .setBody("look")
                    .addExtension(StandardExtensionElement.builder("received", Names.CARBONS)
                            .addElement(forwarded)
                            .build()));
            ana.send(ChatClient.to("shop-d", "f-2")
                    .setBody("look")
                    .addExtension(StandardExtensionElement.builder("result", Names.MAM)
                            .addAttribute("queryid", "archive-1")
                            .addAttribute("id", "1")
                            .addElement(forwarded)
                            .build()));
            ana.writes("shop-d", "f-3", "the end");
            XmppLine.await("the last", () -> line.texts().contains("the end"));
            assertThat(line.texts()).doesNotContain("I am not Ben");
        }
    }

    /** Who nests must end nobody's stream, now or from the archive. */
    @Test
    default void deeplyNestedMessagesShouldComeLikeOthers() throws Exception {
        try (CutProxy way = new CutProxy(server().port);
                ChatClient ana = new ChatClient(server(), "ana-m", "phone")) {
            XmppLine line = new XmppLine(account("shop-m", way.port())).online();
            line.crash();
            ana.send(ChatClient.to("shop-m", "d-1").setBody("deep").addExtension(ChatClient.nested(100)));
            ana.writes("shop-m", "d-2", "plain");
            XmppLine.await("the first", () -> line.handedOut() > 0);
            try (XmppLine after = line.restarted(way)) {
                XmppLine.await("both", () -> after.texts().size() == 2);
                assertThat(after.texts()).containsExactly("deep", "plain");
            }
        }
    }

    @Test
    default void nobodysMessagesShouldComeBackWithTheReason() throws Exception {
        try (XmppLine line = new XmppLine(account("shop-i", server().port)).online()) {
            Outcome outcome = line.send("n-1", "nobody", "Is anybody there?");
            assertThat(outcome).isInstanceOfAny(Outcome.Sent.class, Outcome.Refused.class);
            XmppLine.await("its return", () -> !line.of(Receipt.class).isEmpty());
            assertThat(line.of(Receipt.class)).allSatisfy(receipt -> {
                assertThat(receipt.externalId()).isEqualTo("nobody@chat.test|n-1");
                assertThat(receipt.status()).isEqualTo(Status.FAILED);
                assertThat(receipt.reason()).isEqualTo(Reason.RECIPIENT_UNKNOWN);
            });
        }
    }

    @Test
    default void filesShouldGoBothWays() throws Exception {
        byte[] picture = "not really a picture".getBytes(StandardCharsets.UTF_8);
        PlainTransport transport = new PlainTransport();
        String id =
                transport.keep(new ByteArrayInputStream(picture), "image/png").sha256();
        Part.Media media = new Part.Media(MediaKind.IMAGE, "image/png", "Größe 1.png", 20L, null, id, null);
        try (XmppLine line = new XmppLine(account("shop-j", server().port)).online();
                ChatClient ana = new ChatClient(server(), "ana-j", "phone")) {
            assertThat(line.xmpp.send(line.account, XmppLine.message("f-k-1", "ana-j", media), transport))
                    .isInstanceOf(Outcome.Sent.class);
            XmppLine.await("the file's address", () -> !ana.texts().isEmpty());
            String url = ana.texts().get(0);
            assertThat(url).startsWith("http://127.0.0.1:" + server().http + "/");
            ana.send(ChatClient.to("shop-j", "f-9")
                    .setBody(url)
                    .addExtension(StandardExtensionElement.builder("x", Names.OOB)
                            .addElement("url", url)
                            .build()));
            XmppLine.await("the file", () -> !line.of(MessageReceived.class).isEmpty());
            Part.Media came =
                    (Part.Media) line.of(MessageReceived.class).get(0).parts().get(0);
            assertThat(came.media()).isEqualTo(MediaKind.IMAGE);
            assertThat(came.fileName()).endsWith("1.png");
            Outcome fetched =
                    line.xmpp.fetch(line.account, came, Request.polled("", new byte[0], Instant.now()), transport);
            assertThat(fetched).isInstanceOf(Outcome.Fetched.class);
            assertThat(((Outcome.Fetched) fetched).blob().size()).isEqualTo(picture.length);
        }
    }

    @Test
    default void aSecondLoginShouldEndTheFirstAndSaySo() throws Exception {
        try (XmppLine first = new XmppLine(account("shop-k", server().port)).online()) {
            XmppStream stream = first.stream();
            CompletableFuture<Exception> end = CompletableFuture.supplyAsync(() -> {
                while (stream.isOpen()) {
                    Thread.onSpinWait(); // as a poll may look in any moment
                }
                return stream.failure();
            });
            Xmpp second = new Xmpp();
            Account account = account("shop-k", server().port);
            TestPollContext context = new TestPollContext();
            second.poll(account, "", new PlainTransport(), context);
            XmppLine.await("the end of the first", () -> !first.failures.isEmpty());
            assertThat(first.failures.get(0).detail()).contains("another program logged in with the same resource");
            assertThat(end.join()).as("known as soon as the end is").isInstanceOf(StreamErrorException.class);
            context.stop();
        }
    }

    @Test
    default void aWrongPasswordShouldBeARefusal() {
        Account account = account("shop-l", server().port, "password", "wrong");
        TransportFailure failure = catchThrowableOfType(TransportFailure.class, () -> new Xmpp()
                .poll(account, "", new PlainTransport(), new TestPollContext()));
        assertThat(failure.isLoginRefused()).isTrue();
        assertThat(failure.detail()).contains("not-authorized").doesNotContain("wrong");
    }
}
