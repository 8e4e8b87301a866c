// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Identity;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.bird.BirdSimulator;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.simulator.smshttp.SmsHttpSimulator;
import io.dragoman.simulator.vonage.VonageSimulator;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts from providers of SMS to the desk, the answer back, and what the provider tells of it. */
final class SmsJourneyTest {
    private static final SmsProviders SMS = new SmsProviders();

    @TempDir
    private static Path home;

    private static World world;
    private static int customers = 100;

    @BeforeAll
    static void start() throws Exception {
        world = new World(home, "off", SMS.yaml());
    }

    @AfterAll
    static void stop() {
        world.close();
        SMS.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vonage", "vonage-sms", "bird", "bird-classic", "sms-http", "smpp"})
    void textsGoBothWaysAndTheirReceiptsComeBack(String channel) {
        for (String text : List.of("Hello", "გამარჯობა, როგორ ხართ?", "👨‍👩‍👧‍👦 & = %41 + ü", "مرحبا ١٢٣")) {
            String conversation = answered(channel, text);
            World.await("delivered", () -> statuses(conversation).contains("delivered"));
            assertThat(statuses(conversation)).containsSubsequence("sent", "delivered");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vonage", "vonage-sms", "bird", "bird-classic", "sms-http"})
    void failureComesBackWithItsReason(String channel) {
        Simulator simulator = SMS.simulators.get(channel);
        if (simulator instanceof VonageSimulator vonage) {
            vonage.failNext(9);
        } else if (simulator instanceof SmsHttpSimulator kannel) {
            kannel.failNext("NACK/0x0000000b/Invalid Destination Address");
        } else {
            ((BirdSimulator) simulator).failNext(1);
        }
        String conversation = answered(channel, "to nobody by " + channel);
        World.await("failed", () -> statuses(conversation).contains("failed"));
        assertThat(world.desk.notes().stream()
                        .filter(note -> note.conversation().equals(conversation))
                        .map(note -> note.json().toString()))
                .anyMatch(json -> json.contains("recipient-unknown"));
    }

    @Test
    void sameTextBeforeAndAfterAStopIsTwoMessagesBySmpp() throws Exception {
        Simulator centre = SMS.simulators.get("smpp");
        String customer = "+4917000" + ++customers;
        for (int i = 0; i < 2; i++) {
            assertThat(centre.customerWrites(world.callback("smpp"), customer, "the same"))
                    .isEqualTo(200);
            world.restart();
            String position = world.gateway().store().read(tx -> tx.cursors().get("smpp"));
            assertThat(position).contains("\"doubtful\":[]");
        }
        World.await(
                "both",
                () -> world.received("smpp").stream()
                                .filter(note -> note.text().equals("the same"))
                                .count()
                        == 2);
    }

    @Test
    void oneNumberWrittenInTwoWaysIsOnePerson() throws Exception {
        Simulator kannel = SMS.simulators.get("sms-http");
        String conversation = "";
        for (String number : List.of("+5511987654321", "+551187654321", "+5511987654321")) {
            String text = "by " + number + " " + ++customers;
            assertThat(kannel.customerWrites(world.callback("sms-http"), number, text))
                    .isEqualTo(200);
            Note note = world.note("sms-http", text);
            assertThat(note.conversation()).isEqualTo(conversation.isEmpty() ? note.conversation() : conversation);
            conversation = note.conversation();
        }
        String contact = world.gateway()
                .store()
                .read(tx ->
                        tx.contacts().byIdentity("sms-http", List.of(new Identity("phone", "+551187654321", false))))
                .orElseThrow()
                .identities()
                .toString();
        assertThat(contact).as("both as they were seen").isEqualTo("[Identity[phone], Identity[phone]]");
    }

    private static String answered(String channel, String text) {
        Simulator simulator = SMS.simulators.get(channel);
        String customer = "+4917000" + ++customers;
        assertThat(simulator.customerWrites(world.callback(channel), customer, text))
                .isEqualTo(200);
        Note note = world.note(channel, text);
        assertThat(world.desk.agentReplies(world.callback("helpdesk"), note.conversation(), "Max", text))
                .isEqualTo(200);
        World.await("the answer on " + channel, () -> simulator.delivered().stream()
                .anyMatch(delivered -> delivered.customer().equals(customer)));
        assertThat(simulator.delivered().stream()
                        .filter(delivered -> delivered.customer().equals(customer))
                        .map(Delivered::content))
                .containsExactly(text);
        return note.conversation();
    }

    private static List<String> statuses(String conversation) {
        return world.desk.notes().stream()
                .filter(note -> note.conversation().equals(conversation))
                .filter(note -> note.type().equals("delivery.updated"))
                .map(note -> note.json().at("/data/message/status").asText())
                .toList();
    }
}
