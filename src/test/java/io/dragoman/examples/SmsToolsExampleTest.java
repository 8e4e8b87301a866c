// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.route.modem.GsmModem;
import io.dragoman.route.modem.SmsPdu;
import io.dragoman.route.modem.Smsd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/examples/routes/smstools.camel.yaml}, with Debian's smsd and a modem of the test's. All begins at once,
 * because smsd takes its time, and each test waits for its own.
 */
final class SmsToolsExampleTest {
    private static final String WIDE = "Где мой заказ? 👋";
    private static final String PARTS = "я".repeat(66) + "👋" + "ю".repeat(20);
    /** In the GSM alphabet the 153rd septet would be the escape before the e that means a euro sign: smsd cuts there. */
    private static final String TORN = "z".repeat(152) + "€" + "z".repeat(20);
    /** Codes of the GSM alphabet. */
    private static final int[] GREEK = {0x13, 'E', 'I', 'A', ' ', 0x18, 'A', 0x18, ' ', 0x1b, 0x65, '5', 0x7e, 0x02};

    private static final String IN_PLACE = """
            From: 491510000009
            From_TOA: 91 international, ISDN/telephone
            From_SMSC: 49176007404
            Sent: 26-11-29 13:45:0%d
            Received: 26-11-29 13:49:4%d
            Modem: GSM1
            Alphabet: ISO

            again""";

    @TempDir
    private static Path folder;

    private static GsmModem modem;
    private static Smsd smsd;
    private static Example example;

    @BeforeAll
    static void start() throws Exception {
        if (!Smsd.isInstalled()) {
            System.err.println("######## NOT TRIED ON A REAL SMSD: install smstools ########");
        }
        Assumptions.assumeTrue(Smsd.isInstalled(), "no smsd");
        modem = new GsmModem("491510000004");
        comes();
        smsd = new Smsd(folder.resolve("smsd"), modem.port());
        Path waiting = Files.createDirectories(folder.resolve("smsd/spool/sent/waiting"));
        Path old = Files.writeString(waiting.resolve("GSM1-7777777-1"), "To: 491517777777");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
        Files.writeString(waiting.resolve("GSM1-7777777-2"), "To: 491517777777");
        example = Example.start(
                folder,
                "smstools",
                Map.of("SMSTOOLS", folder.resolve("smsd/spool").toString()));
        example.home.drop("smsd/spool/incoming/GSM1-concatenated", "05 00 03 08 02 01 of smsd's own");
        example.home.drop("smsd/spool/incoming/GSM1.aaaaaa", IN_PLACE.formatted(0, 6));
        example.home.drop("smsd/spool/incoming/GSM1.bbbbbb", IN_PLACE.formatted(0, 8));
        example.home.drop("smsd/spool/incoming/GSM1.cccccc", IN_PLACE.formatted(1, 9));
        example.home.drop("smsd/spool/incoming/GSM1.empty", "");
        example.home.drop("smsd/spool/incoming/GSM1.huge", "x".repeat(1_000_001));
        example.home.drop("smsd/spool/report/GSM1.odd", "\n\nMessage_id: 1\nStatus: 99999999999,Odd\n");
        example.home.drop("smsd/spool/outgoing/alarm", "To: 491510000010\nAlphabet: ISO\n\nfire");
        answer("+491510000001", "Grüße [5 €]", "z".repeat(200), TORN);
        answer("+491510000002", WIDE.repeat(10));
        answer("54321", "ok");
        answer("+491510000004", "to nobody");
        answer("Shop", "no, thanks");
    }

    private static void comes() {
        modem.brings(SmsPdu.plain("+491510000001", GREEK));
        modem.brings(SmsPdu.wide("+491510000002", WIDE));
        byte[] units = PARTS.getBytes(StandardCharsets.UTF_16BE);
        modem.brings(SmsPdu.widePart("+491510000003", 7, 2, 2, Arrays.copyOfRange(units, 134, units.length)));
        modem.brings(SmsPdu.widePart("+491510000003", 7, 1, 2, Arrays.copyOf(units, 134)));
        modem.brings(SmsPdu.plain("+491510000004", "hello"));
        modem.brings(SmsPdu.bytes("+491510000005", (byte) 0, (byte) 255, (byte) 10));
        modem.brings(SmsPdu.plain("Shop", "an offer"));
        modem.brings(SmsPdu.plain("54321", "a code"));
    }

    private static void answer(String to, String... texts) {
        String conversation = example.conversation(to);
        for (String text : texts) {
            example.home.reply(conversation, text);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (smsd != null) {
            example.close();
            smsd.close();
            modem.close();
        }
    }

    @Test
    void textsComeInAnyAlphabet() {
        assertThat(example.text("+491510000001")).isEqualTo("ΓEIA ΣAΣ €5ü$");
        assertThat(example.text("+491510000002")).isEqualTo(WIDE);
        assertThat(example.text("+491510000003")).isEqualTo(PARTS);
        assertThat(example.text("54321")).isEqualTo("a code");
        assertThat(example.text("Shop")).isEqualTo("an offer");
    }

    @Test
    void bytesComeAsAFile() {
        assertThat(example.messages("+491510000005").get(0).parts())
                .singleElement()
                .hasToString("Media[FILE, application/octet-stream]");
    }

    @Test
    void answersGoOutInAnyAlphabetAndReportsComeBack() {
        List<String> all = // in their order, though they are of one second
                List.of("Gr~\u001ee \u001b<5 \u001be\u001b>", "z".repeat(200), TORN);
        TestGateway.await(
                "what was said",
                () -> modem.texts("491510000001").equals(all)
                        && modem.texts("491510000002").equals(List.of(WIDE.repeat(10)))
                        && modem.texts("54321").equals(List.of("ok")));
        assertThat(modem.sent())
                .allMatch(sent -> sent.part().report())
                .filteredOn(sent -> sent.part().type().equals("81"))
                .extracting(sent -> sent.part().to())
                .containsExactly("54321");
        assertThat(example.answers("54321")).extracting(Message::status).containsExactly(Status.SENT);
        modem.reports(0, "491510000001", "54321");
        modem.reports(70, "491510000002");
        TestGateway.await(
                "the receipts",
                () -> example.statuses("+491510000001").equals(Collections.nCopies(all.size(), Status.DELIVERED))
                        && example.statuses("54321").equals(List.of(Status.DELIVERED))
                        && example.statuses("+491510000002").equals(List.of(Status.FAILED)));
        assertThat(example.answers("+491510000002")).extracting(Message::reason).containsExactly(Reason.EXPIRED);
        TestGateway.await(
                "the files' end",
                () -> example.home.files("smsd/spool/report").isEmpty()
                        && example.home.files("smsd/spool/sent/waiting").equals(List.of("GSM1-7777777-2"))
                        && example.home.files("smsd/spool/sent").stream()
                                .noneMatch(name -> name.startsWith("dragoman")));
    }

    @Test
    void whatTheNetworkRefusesHasFailed() {
        TestGateway.await("the failure", () -> example.statuses("+491510000004").equals(List.of(Status.FAILED)));
        TestGateway.await(
                "the file's move",
                () -> example.home.files("smsd/spool/failed/told").size() == 1);
    }

    @Test
    void nameTakesNoAnswer() {
        TestGateway.await("the refusal", () -> example.statuses("Shop").equals(List.of(Status.FAILED)));
        assertThat(example.answers("Shop")).extracting(Message::reason).containsExactly(Reason.RECIPIENT_UNKNOWN);
    }

    /** smsd reads it from the SIM once more, or the gateway was killed before it removed the file. */
    @Test
    void sameMessageInAnotherFileIsTakenOnce() throws Exception {
        TestGateway.await(
                "the files' end",
                () -> example.home.files("smsd/spool/incoming").equals(List.of("GSM1-concatenated", "GSM1.empty"))
                        && example.home.files("smsd/spool/incoming/bad").equals(List.of("GSM1.huge")));
        example.home.drop(
                "smsd/spool/incoming/GSM1.dddddd",
                IN_PLACE.replace("again", "last").formatted(2, 9));
        TestGateway.await("the last", () -> {
            List<Message> all = example.messages("+491510000009");
            return all.get(all.size() - 1).parts().equals(List.of(new Part.Text("last")));
        });
        assertThat(example.messages("+491510000009")).hasSize(3);
    }

    @Test
    void messagesOfOtherProgramsStayTheirs() {
        TestGateway.await(
                "the alarm", () -> example.home.files("smsd/spool/sent").contains("alarm"));
        modem.reports(0, "491510000010");
        TestGateway.await(
                "the report's end",
                () -> modem.isEmpty() && example.home.files("smsd/spool/report").isEmpty());
        assertThat(example.home.files("smsd/spool/sent")).contains("alarm");
    }
}
