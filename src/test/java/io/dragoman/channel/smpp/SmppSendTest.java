// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.TestAuthority;
import io.dragoman.connector.Account;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PemFile;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.Trust;
import io.dragoman.model.Reason;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.smpp.SmppSimulator;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of what is submitted, and of logins. */
final class SmppSendTest {
    private static final String ANA = "+4917000001";
    /** The escape of its 153rd septet would be torn from the rest of the {@code €}. */
    private static final String ESCAPED = "x".repeat(152) + "€ and a second piece";

    private static final String PAIRS = "😀".repeat(100);

    @TempDir
    private Path folder;

    private SmppSimulator centre = new SmppSimulator(0);
    private SmppLine line;

    private void connect(String... more) throws Exception {
        Map<String, String> settings = new HashMap<>(centre.settings());
        settings.put("timeout", "2s");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        line = new SmppLine(settings);
        line.until(() -> centre.logins() > 0);
    }

    @AfterEach
    void close() throws Exception {
        if (line != null) {
            line.close();
        }
        centre.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udh-8", "udh-16", "sar", "payload"})
    void longTextShouldArriveWholeInEveryWay(String way) throws Exception {
        connect("concatenation", way);
        List<String> texts = List.of(ESCAPED, PAIRS, "short", "x".repeat(160), "ж".repeat(71));
        for (String text : texts) {
            assertThat(line.send("k" + text.hashCode(), ANA, text)).isInstanceOf(Outcome.Sent.class);
        }
        assertThat(centre.delivered()).extracting(Delivered::content).containsExactlyElementsOf(texts);
        assertThat(centre.submitted()).hasSize(way.equals("payload") ? 5 : 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latin1", "utf-8", "ascii"})
    void otherAlphabetShouldBeSpokenWhereItHasTheCharacters(String alphabet) throws Exception {
        connect("alphabet", alphabet);
        line.send("k-1", ANA, "plain");
        line.send("k-2", ANA, "Привет");
        assertThat(centre.submitted()).extracting(pdu -> pdu.getDataCoding()).containsExactly((byte) 0, (byte) 8);
        assertThat(centre.delivered()).extracting(Delivered::content).containsExactly("plain", "Привет");
    }

    @Test
    void onlyTheLastPieceShouldAskForAReceipt() throws Exception {
        connect();
        line.send("k-1", ANA, ESCAPED);
        assertThat(centre.submitted())
                .extracting(pdu -> pdu.getRegisteredDelivery())
                .containsExactly((byte) 0, (byte) 1);
    }

    @Test
    void messageShouldGoOnAtThePieceThatWasNotTaken() throws Exception {
        connect();
        centre.refuseNext(0, 0x58);
        Outcome throttled = line.send("k-1", ANA, "x".repeat(400));
        assertThat(throttled).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
            assertThat(retry.reason()).isEqualTo(Reason.THROTTLED);
            assertThat(retry.after()).isEqualTo(Duration.ofSeconds(2));
        });
        assertThat(centre.submitted()).hasSize(1);
        line.context.clock.move(Duration.ofSeconds(2));
        assertThat(line.send("k-1", ANA, "x".repeat(400))).isInstanceOf(Outcome.Sent.class);
        assertThat(centre.submitted()).hasSize(3);
        assertThat(centre.delivered()).extracting(Delivered::content).containsExactly("x".repeat(400));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x58, 0x14, 0x08, 0x45, 0x64})
    void whatPassesShouldBeTriedAgain(int status) throws Exception {
        connect();
        centre.refuseNext(status);
        assertThat(line.send("k-1", ANA, "hello")).isInstanceOf(Outcome.Retry.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0b, 0x0a, 0x01, 0x65, 0x66, 0x0104, 0x0499})
    void whatDoesNotPassShouldBeRefused(int status) throws Exception {
        connect();
        centre.refuseNext(status);
        assertThat(line.send("k-1", ANA, "hello"))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.detail())
                        .contains("0x" + Integer.toHexString(status)));
    }

    @Test
    void silenceShouldLeaveTheOutcomeUnknown() throws Exception {
        connect("timeout", "0.3s");
        centre.silent(true);
        assertThat(line.send("k-1", ANA, "hello"))
                .isInstanceOfSatisfying(Outcome.Uncertain.class, uncertain -> assertThat(uncertain.reason())
                        .isEqualTo(Reason.TIMEOUT));
    }

    @Test
    void sessionThatBreaksShouldLeaveTheOutcomeUnknownAtOnce() throws Exception {
        connect("timeout", "5m");
        centre.silent(true);
        CompletableFuture<Outcome> sent = CompletableFuture.supplyAsync(() -> line.send("k-1", ANA, "hello"));
        line.untilThough(() -> {
            centre.disconnect();
            return sent.isDone();
        });
        assertThat(sent.join()).isInstanceOfAny(Outcome.Uncertain.class, Outcome.Retry.class);
        centre.silent(false);
        line.untilThough(() -> line.send("k-2", ANA, "again") instanceof Outcome.Sent);
    }

    @Test
    void withoutASessionNothingShouldBeSent() throws Exception {
        connect();
        line.stop();
        assertThat(line.send("k-1", ANA, "hello"))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.reason()).isEqualTo(Reason.PROVIDER_DOWN));
    }

    @Test
    void moreThanPerSecondShouldWaitTheirTurn() throws Exception {
        connect("perSecond", "1");
        line.send("k-1", ANA, "one");
        // the second would wait for a second: that long nobody waits here
        assertThat(new Pace(1).turn(Clock.systemUTC().instant())).contains(Duration.ZERO);
        Pace pace = new Pace(2);
        java.time.Instant now = java.time.Instant.EPOCH;
        assertThat(pace.turn(now)).contains(Duration.ZERO);
        assertThat(pace.turn(now)).contains(Duration.ofMillis(500));
        pace.pause(now.plusSeconds(3));
        assertThat(pace.turn(now)).contains(Duration.ofSeconds(3));
        pace.pause(now.plusSeconds(9));
        assertThat(pace.turn(now)).isEmpty();
    }

    @Test
    void receiptWithItsIdInAnotherFormShouldFindTheMessage() throws Exception {
        centre.close();
        centre = new SmppSimulator(0, true, Clock.systemUTC());
        for (String form : List.of("auto", "hex-to-decimal")) {
            connect("messageIds", form);
            Outcome outcome = line.send("k-1", ANA, "hello");
            String id = ((Outcome.Sent) outcome).externalId();
            line.until(() -> line.receipts().stream()
                    .anyMatch(receipt -> receipt.externalId().equals(id)));
            line.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"transceiver", "pair"})
    void severalSessionsShouldBeHeldAndReopened(String mode) throws Exception {
        connect("bind", mode, "binds", "2");
        int all = mode.equals("pair") ? 4 : 2;
        line.until(() -> centre.logins() == all);
        assertThat(line.problem).isNull();
        centre.disconnect();
        line.untilThough(() -> centre.logins() == all);
        assertThat(line.send("k-1", ANA, "hello")).isInstanceOf(Outcome.Sent.class);
        line.until(() -> !line.receipts().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0d, 0x0e, 0x0f})
    void refusedLoginShouldBeTold(int status) throws Exception {
        centre.refuseLogins(status);
        line = new SmppLine(centre.settings());
        assertThatThrownBy(line::poll).isInstanceOfSatisfying(TransportFailure.class, failure -> {
            assertThat(failure.isLoginRefused()).isTrue();
            assertThat(failure.detail()).contains("0x" + Integer.toHexString(status), "systemId and password");
        });
        centre.refuseLogins(0);
        line.until(() -> centre.logins() == 1);
    }

    @Test
    void sessionThatIsStillOpenThereShouldBeWaitedFor() throws Exception {
        centre.refuseLogins(0x05);
        line = new SmppLine(centre.settings());
        assertThatThrownBy(line::poll).isInstanceOfSatisfying(TransportFailure.class, failure -> {
            assertThat(failure.isLoginRefused()).isFalse();
            assertThat(failure.detail()).contains("a session before this one");
        });
    }

    @Test
    void sessionThatEndsSoonShouldNotBeReopenedAtOnce() throws Exception {
        connect();
        centre.disconnect();
        assertThatThrownBy(() -> line.until(() -> centre.logins() > 0))
                .isInstanceOfSatisfying(TransportFailure.class, failure -> assertThat(failure.detail())
                        .contains("soon after its login"));
        line.until(() -> centre.logins() == 1);
        line.context.clock.move(Duration.ofSeconds(6));
        centre.disconnect();
        line.until(() -> centre.logins() == 1);
    }

    @Test
    void certificateAndNameShouldBeChecked() throws Exception {
        TestAuthority authority = new TestAuthority(folder, "Shop Root");
        SSLServerSocket socket = (SSLServerSocket) authority
                .issue("centre", "localhost", -1)
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        centre.close();
        centre = new SmppSimulator(socket, false, Clock.systemUTC());
        assertThat(overTls(true, "localhost")).isEmpty();
        assertThat(overTls(true, "127.0.0.1")).contains("127.0.0.1");
        assertThat(overTls(false, "localhost")).contains("authorit");
        assertThat(centre.logins()).isEqualTo(1);
    }

    /** What keeps a session over TLS from being opened; empty for nothing. */
    private String overTls(boolean trusted, String host) throws Exception {
        Map<String, String> settings = new HashMap<>(centre.settings());
        settings.put("tls", "true");
        settings.put("host", host);
        Account account = SmppLine.account(settings);
        Map<String, Object> values = new HashMap<>(account.values());
        if (trusted) {
            values.put(Trust.CA.name(), PemFile.read("Shop-Root.pem", folder));
        }
        SmppLine own = new SmppLine(new Account(account.side(), "tls", "smpp", values, false, account.home()), "");
        try {
            own.poll();
            return "";
        } catch (TransportFailure e) {
            return e.detail();
        }
    }
}
