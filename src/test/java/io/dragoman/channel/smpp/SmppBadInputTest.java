// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.TransportFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jsmpp.bean.Command;
import org.junit.jupiter.api.Test;

/** What no SMS centre should send, and what jsmpp does not bear. */
final class SmppBadInputTest {
    private static final int GENERIC_NACK_BAD_COMMAND = 3;

    private static SmppLine line(RawCentre centre, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "host", "127.0.0.1",
                "port", String.valueOf(centre.port()),
                "tls", "false",
                "systemId", "shop",
                "password", "secret",
                "timeout", "5s",
                "from", "+4930114"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new SmppLine(settings);
    }

    @Test
    void messageInOneBreathWithTheLoginShouldBeTaken() throws Exception {
        try (RawCentre centre =
                        new RawCentre(out -> RawCentre.pdu(out, RawCentre.DELIVER_SM, 7, RawCentre.text("early")));
                SmppLine line = line(centre)) {
            line.until(() -> !centre.heard.isEmpty());
            assertThat(centre.heard).containsExactly("80000005 0 7");
            assertThat(line.texts()).containsExactly("early");
        }
    }

    /** jsmpp hands over on three threads where nobody says otherwise. */
    @Test
    void messagesInOneBreathShouldStayInOrder() throws Exception {
        List<String> texts = IntStream.range(0, 150).mapToObj(i -> "text " + i).toList();
        try (RawCentre centre = new RawCentre(out -> {
                    for (int i = 0; i < texts.size(); i++) {
                        RawCentre.pdu(out, RawCentre.DELIVER_SM, 10 + i, RawCentre.text(texts.get(i)));
                    }
                });
                SmppLine line = line(centre)) {
            line.until(() -> centre.heard.size() == texts.size());
            assertThat(line.texts()).containsExactlyElementsOf(texts);
        }
    }

    @Test
    void messageShouldWaitUntilJsmppKnowsOfTheLogin() throws Exception {
        PduReader reader = new PduReader(50);
        assertThatThrownBy(() -> message(reader))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("without a login");
        reader.bound();
        assertThat(message(reader)).isEqualTo(RawCentre.DELIVER_SM);
    }

    /** Has a reader read one deliver_sm; its command as the reader leaves it. */
    private static int message(PduReader reader) throws Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        RawCentre.pdu(new DataOutputStream(octets), RawCentre.DELIVER_SM, 7, RawCentre.text("early"));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets.toByteArray()));
        Command header = reader.readPDUHeader(in);
        reader.readPDU(in, header);
        return header.getCommandId();
    }

    @Test
    void unreadableMessageShouldBeRefusedAndStopNoOther() throws Exception {
        byte[] endless = new byte[40];
        java.util.Arrays.fill(endless, (byte) 'x');
        try (RawCentre centre = new RawCentre(out -> {
                    RawCentre.pdu(out, RawCentre.DELIVER_SM, 7, endless);
                    RawCentre.pdu(out, RawCentre.DELIVER_SM, 8, RawCentre.text("fine"));
                });
                SmppLine line = line(centre)) {
            line.until(() -> centre.heard.size() == 2);
            assertThat(centre.heard).containsExactly("80000000 " + GENERIC_NACK_BAD_COMMAND + " 7", "80000005 0 8");
            assertThat(line.texts()).containsExactly("fine");
        }
    }

    @Test
    void lengthThatWouldTakeAllMemoryShouldEndTheSession() throws Exception {
        for (int length : new int[] {Integer.MAX_VALUE - 8, 3, -1}) {
            int[] logins = {0};
            try (RawCentre centre = new RawCentre(out -> {
                        if (logins[0]++ < 9) { // jsmpp may see the end of the session before it knows of the login
                            out.writeInt(length);
                            out.write(new byte[12]);
                        }
                    });
                    SmppLine line = line(centre)) {
                line.untilThough(() -> logins[0] == 10);
                assertThat(line.texts()).isEmpty();
            }
        }
    }

    @Test
    void silentSessionShouldBeTriedAndGivenUp() throws Exception {
        int[] logins = {0};
        try (RawCentre centre = new RawCentre(out -> logins[0]++);
                SmppLine line = line(centre, "enquireLink", "0.2s", "timeout", "0.3s")) {
            line.untilThough(() -> logins[0] == 2);
            assertThat(centre.heard).anyMatch(pdu -> pdu.startsWith("15 ")); // enquire_link
        }
    }

    @Test
    void loginThatIsAnsweredWithTheEndOfTheConnectionShouldFailAtOnce() throws Exception {
        try (RawCentre centre = RawCentre.closing(0);
                SmppLine line = line(centre)) {
            long begin = System.nanoTime();
            assertThatThrownBy(line::poll)
                    .isInstanceOfSatisfying(TransportFailure.class, failure -> assertThat(failure.isLoginRefused())
                            .isFalse());
            assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(5));
        }
    }

    @Test
    void refusalBeforeTheEndOfTheConnectionShouldBeARefusal() throws Exception {
        for (int i = 0; i < 20; i++) { // jsmpp sees the one or the other first
            try (RawCentre centre = RawCentre.closing(0x0e);
                    SmppLine line = line(centre)) {
                assertThatThrownBy(line::poll)
                        .isInstanceOfSatisfying(TransportFailure.class, failure -> assertThat(failure.isLoginRefused())
                                .isTrue());
            }
        }
    }
}
