// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.ConnectorContract;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.Signature;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The channel without a server. */
final class XmppTest implements ConnectorContract {
    private static final Map<String, String> SETTINGS =
            Map.of("jid", "shop@chat.test", "password", "pass-word", "rooms", "support@rooms.chat.test");

    @Override
    public Connector connector() {
        return new Xmpp();
    }

    @Override
    public Account account(URI provider) {
        return XmppLine.account(SETTINGS);
    }

    @Override
    public List<String> secrets() {
        return List.of("pass-word");
    }

    static Stream<String> recorded() throws IOException {
        return RecordedCases.of("channel/xmpp").names();
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void recordedMessageShouldRead(String name) throws Exception {
        RecordedCases.of("channel/xmpp").check(name, body -> read(name, body));
    }

    /** What is refused is written as an event that is ignored, with the reason. */
    private List<CustomerEvent> read(String name, byte[] body) throws Exception {
        Instant at = Instant.parse("2026-11-21T10:00:00Z");
        try {
            return new Xmpp().read(account(), Signature.polled(Request.polled(name, body, at)));
        } catch (MalformedPayload e) {
            return List.of(new Ignored(name, at, "malformed", String.valueOf(e.getMessage())));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "10.1.2.3, true",
        "localhost, true",
        "::1, true",
        "192.0.2.1, false",
        "example.org, false"
    })
    void plainConnectionsShouldStayNear(String host, boolean allowed) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("tls", "false");
        settings.put("host", host);
        assertThat(new Xmpp().problems(XmppLine.account(settings)).isEmpty()).isEqualTo(allowed);
    }

    @Test
    void plainConnectionsShouldNeedAHost() {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("tls", "false");
        assertThat(new Xmpp().problems(XmppLine.account(settings)))
                .singleElement()
                .asString()
                .startsWith("tls is false");
    }

    @Test
    void withoutAStreamNothingShouldBeSent() {
        Outcome outcome = new Xmpp()
                .send(account(), XmppLine.message("k-1", "ana", new Part.Text("Hello")), new PlainTransport());
        assertThat(outcome).isEqualTo(new Outcome.Retry(Reason.PROVIDER_DOWN, "no stream to the XMPP server is open"));
    }

    @Test
    void positionsFromBeforeThereWereRoomsShouldRead() {
        XmppPosition before = XmppPosition.read("{\"batch\":7,\"begun\":true,\"after\":\"a-1\",\"at\":null}");
        assertThat(before.rooms()).isEmpty();
        Instant now = Instant.parse("2026-11-21T10:00:00Z");
        XmppPosition next = XmppPosition.read(
                before.rooms(List.of("r@rooms.chat.test"), now).write());
        assertThat(next.rooms()).containsEntry("r@rooms.chat.test", new XmppPosition.Stored(now, now));
        assertThat(next.after()).isEqualTo("a-1");
    }

    @ParameterizedTest
    @CsvSource({
        "'r@rooms.chat.test, s@rooms.chat.test', shop, true",
        "rooms.chat.test, shop, false",
        "r@rooms.chat.test, a/b, false"
    })
    void roomsAndNicknamesShouldBeOnesThatXmppAllows(String rooms, String nick, boolean allowed) {
        Map<String, Object> values = new HashMap<>(XmppLine.account(SETTINGS).values());
        values.put("rooms", rooms);
        Account account = new Account(
                Side.CHANNEL,
                "jab",
                "xmpp",
                values,
                false,
                XmppLine.account(SETTINGS).home());
        assertThat(XmppSettings.problems(account).isEmpty() && isTaken(XmppSettings.NICK, nick))
                .isEqualTo(allowed);
    }

    private static boolean isTaken(Setting<String> setting, String text) {
        try {
            return setting.parser().apply(text).equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void roomsShouldBeNobodyToWriteToFirst() {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("rooms", "Support@Rooms.chat.test");
        assertThatThrownBy(() -> new Xmpp().recipient(XmppLine.account(settings), "support@rooms.chat.test"))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("is a room");
    }

    @Test
    void firstMessagesShouldGoToTheAddressThatAnswersComeFrom() throws Exception {
        assertThat(new Xmpp().recipient(account(), " Ana@Example.org/phone ").address())
                .isEqualTo("ana@example.org");
        for (String none : List.of("example.org", "@example.org", "", "ana@")) {
            assertThatThrownBy(() -> new Xmpp().recipient(account(), none)).isInstanceOf(MalformedPayload.class);
        }
    }
}
