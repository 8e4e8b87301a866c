// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.TestPollContext;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.Part;
import io.dragoman.model.Status;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.xmpp.XmppSimulator;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The channel with its simulator, which is tried as real servers are. */
final class XmppSimulatorTest {
    private static final URI LOGIN = URI.create("xmpp:" + XmppSimulator.SHOP);
    private static final String ROOM = "one@rooms.sim.example";

    private final XmppSimulator server = new XmppSimulator(0);

    @AfterEach
    void close() {
        server.close();
    }

    private XmppLine line(String... more) {
        Map<String, String> settings = new HashMap<>(server.settings());
        settings.put("timeout", "3s");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new XmppLine(XmppLine.account(settings)).online();
    }

    @Test
    void chatsShouldGoBothWaysAndBeInTheArchive() {
        Instant begun = Instant.now();
        try (XmppLine line = line()) {
            server.customerWrites(LOGIN, "Ana", "Hello <€> & 'you' 👋");
            XmppLine.await("the message", () -> line.texts().contains("Hello <€> & 'you' 👋"));
            MessageReceived message = line.of(MessageReceived.class).get(0);
            assertThat(message.sender().name()).isEqualTo("Ana");
            String ana = message.sender().address();
            assertThat(server.address("Ana")).contains(ana);
            assertThat(line.send("k-1", ana, "Good day & more")).isEqualTo(new Outcome.Sent(ana + "|k-1"));
            assertThat(server.delivered()).containsExactly(new Delivered("Ana", "k-1", "Good day & more"));
            XmppLine.await("its receipt", () -> !line.of(Receipt.class).isEmpty());
            assertThat(line.of(Receipt.class).get(0).status()).isEqualTo(Status.DELIVERED);
            assertThat(lookUp(line, "k-1", ana, begun)).isEqualTo(new DeliveryLookup.Found(ana + "|k-1"));
            assertThat(lookUp(line, "k-2", ana, begun)).isInstanceOf(DeliveryLookup.Absent.class);
            line.send("k-3", "nobody@sim.example", "Who?");
            XmppLine.await("its return", () -> line.of(Receipt.class).stream()
                    .anyMatch(receipt -> receipt.status() == Status.FAILED));
        }
    }

    private static DeliveryLookup.Answer lookUp(XmppLine line, String key, String to, Instant since) {
        return line.xmpp.lookUp(
                line.account,
                XmppLine.message(key, to, new Part.Text("any")),
                since,
                id -> false,
                new PlainTransport());
    }

    @Test
    void whatCameWhileTheConnectionWasCutShouldBeInTheArchive() {
        try (XmppLine line = line()) {
            server.customerWrites(LOGIN, "Ana", "one");
            XmppLine.await("the first", () -> line.texts().contains("one"));
            server.cut();
            for (int i = 0; i < 50; i++) { // more than a page
                server.customerWrites(LOGIN, "Ana", "more " + i);
            }
            XmppLine.await("the rest", () -> line.texts().size() == 51);
            assertThat(line.texts()).startsWith("one", "more 0", "more 1").endsWith("more 48", "more 49");
        }
    }

    @Test
    void documentTypesShouldEndTheStream() throws Exception {
        int port = Integer.parseInt(server.settings().get("port"));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            "<!DOCTYPE a [<!ENTITY b 'c'>]><stream:stream xmlns:stream='http://etherx.jabber.org/streams'>"
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    @Test
    void wrongPasswordsShouldBeRefused() {
        Map<String, String> settings = new HashMap<>(server.settings());
        settings.put("password", "wrong");
        TransportFailure failure = catchThrowableOfType(TransportFailure.class, () -> new Xmpp()
                .poll(XmppLine.account(settings), "", new PlainTransport(), new TestPollContext()));
        assertThat(failure.isLoginRefused()).isTrue();
    }

    /** The server acknowledges a message before the room sends it back: nothing was sent. */
    @Test
    void aRoomThatForgotUsShouldNotCountAsToldAndBeJoinedAnew() {
        try (XmppLine line = line("rooms", ROOM, "ping", "0.3s", "nick", "Shop")) {
            LiveStream live = line.xmpp.held(line.account).open();
            XmppLine.await("the room", () -> live.rooms.isJoined(ROOM));
            server.customerSays(ROOM, "Ana", "Who is here?");
            XmppLine.await("Ana's", () -> line.texts().contains("Who is here?"));
            assertThat(line.send("k-1", ROOM, "We are")).isInstanceOf(Outcome.Sent.class);
            server.forgets(ROOM);
            assertThat(line.send("k-2", ROOM, "Lost")).isEqualTo(Sender.NOT_JOINED);
            XmppLine.await("the joining", () -> live.rooms.isJoined(ROOM));
            assertThat(line.send("k-2", ROOM, "Lost")).isInstanceOf(Outcome.Sent.class);
            server.customerSays(ROOM, "Ana", "again");
            XmppLine.await("the last", () -> line.texts().contains("again"));
            assertThat(line.texts()).containsExactly("Who is here?", "again");
            assertThat(server.delivered()).extracting(Delivered::content).containsExactly("We are", "Lost");
        }
    }
}
