// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Status;
import io.dragoman.route.modem.GammuSmsd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/examples/routes/gammu.camel.yaml}, with Debian's gammu-smsd: one with {@code inboxformat = detail}, one with
 * {@code unicode}, which put what comes into one folder.
 */
final class GammuExampleTest {
    private static final String WIDE = "Где мой заказ? 👋";
    private static final String FIRST = "я".repeat(65) + "👋";
    private static final String SECOND = "ю".repeat(20);

    /** What the names of a message's parts begin with. */
    private static final String LEFT = "IN20261129_134500_07_+4915100000041";

    @TempDir
    private static Path folder;

    private static GammuSmsd detail;
    private static GammuSmsd unicode;
    private static Example example;

    @BeforeAll
    static void start() throws Exception {
        if (!GammuSmsd.isInstalled()) {
            System.err.println("######## NOT TRIED ON A REAL GAMMU-SMSD: install gammu-smsd ########");
        }
        Assumptions.assumeTrue(GammuSmsd.isInstalled(), "no gammu-smsd");
        detail = new GammuSmsd(folder.resolve("gammu"), folder.resolve("gammu/inbox"), "detail");
        unicode = new GammuSmsd(folder.resolve("other"), folder.resolve("gammu/inbox"), "unicode");
        comes(detail, "1");
        comes(unicode, "2");
        detail.brings("Status_Report", "+4915100000019", "", "Delivered");
        detail.start();
        unicode.start();
        Path inbox = folder.resolve("gammu/inbox");
        Files.writeString(inbox.resolve(LEFT + "_00.txt"), "one");
        Files.writeString(inbox.resolve(LEFT + "_01.txt"), " two");
        example = Example.start(
                folder, "gammu", Map.of("GAMMU", folder.resolve("gammu").toString()));
    }

    private static void comes(GammuSmsd smsd, String prefix) throws Exception {
        smsd.brings("Deliver", "+491510000001" + prefix, "", "5 € [ok]");
        smsd.brings("Deliver", "+491510000002" + prefix, "", WIDE);
        smsd.brings("Deliver", "+491510000003" + prefix, "050003C20202", SECOND);
        smsd.brings("Deliver", "+491510000003" + prefix, "050003C20201", FIRST);
    }

    @AfterAll
    static void stop() {
        if (detail != null) {
            example.close();
            detail.close();
            unicode.close();
        }
    }

    @Test
    void textsComeInAnyAlphabetAndPartsTogether() {
        for (String prefix : List.of("1", "2")) {
            assertThat(example.text("+491510000001" + prefix)).isEqualTo("5 € [ok]");
            assertThat(example.text("+491510000002" + prefix)).isEqualTo(WIDE);
            assertThat(example.text("+491510000003" + prefix)).isEqualTo(FIRST + SECOND);
            assertThat(example.messages("+491510000003" + prefix)).hasSize(1);
        }
        TestGateway.await(
                "the files' end",
                () -> detail.log().contains("Delivery report")
                        && example.home.files("gammu/inbox").isEmpty());
        assertThat(example.home.conversations()).extracting("address").doesNotContain("+4915100000019");
    }

    @Test
    void answersGoOutInAnyAlphabet() {
        String conversation = example.conversation("+4915100000021");
        example.home.reply(conversation, "Grüße [5 €]");
        example.home.reply(conversation, WIDE);
        example.home.reply(conversation, "z".repeat(200));
        TestGateway.await("all", () -> sent("+4915100000021").size() == 3);
        assertThat(detail.log().lines().filter(line -> line.contains(" sms to \"+4915100000021\"")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("Found 1 sms", "\"Grüße [5 €]\""),
                        line -> assertThat(line).contains("Found 1 sms", "\"" + WIDE + "\""),
                        line -> assertThat(line).contains("Found 2 sms", "z".repeat(153) + "\""));
        assertThat(example.statuses("+4915100000021")).containsOnly(Status.SENT);
    }

    /** gammu-smsd moves what it cannot send, as it moves what it sent, under its name. */
    @Test
    void whatIsGivenUpHasFailed() throws Exception {
        example.home.reply(example.conversation("+4915100000022"), "to nobody");
        TestGateway.await("the sending", () -> sent("+4915100000022").size() == 1);
        String name = sent("+4915100000022").get(0);
        example.home.drop("gammu/error/" + name, "to nobody");
        example.home.drop("gammu/error/OUTC20261129_134500_00_+4915100000022_sms0.txt", "another program's");
        TestGateway.await(
                "the failure", () -> example.statuses("+4915100000022").equals(List.of(Status.FAILED)));
        TestGateway.await(
                "the file's move", () -> example.home.files("gammu/error/told").equals(List.of(name)));
        assertThat(example.home.files("gammu/error")).hasSize(1);
    }

    private static List<String> sent(String to) {
        return example.home.files("gammu/sent").stream()
                .filter(name -> name.contains(to))
                .toList();
    }

    /** What a gateway that was killed, or a gammu-smsd that was slow, leaves behind. */
    @Test
    void remainsOfPartsAreTakenOnce() throws Exception {
        assertThat(example.text("+4915100000041")).isEqualTo("one two");
        TestGateway.await("the files' end", () -> example.home.files("gammu/inbox").stream()
                .noneMatch(name -> name.startsWith(LEFT)));
        example.home.drop("gammu/inbox/" + LEFT + "_02.txt", "three");
        example.home.drop("gammu/inbox/" + LEFT + "_00.txt", "one");
        TestGateway.await("what came late", () -> {
            List<Message> all = example.messages("+4915100000041");
            return all.get(all.size() - 1).parts().equals(List.of(new Part.Text("three")));
        });
        assertThat(example.messages("+4915100000041")).hasSize(2);
    }
}
