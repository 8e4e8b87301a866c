// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.channel.email.ProgramReplies.Reply;
import io.dragoman.connector.mail.TestAccount;
import io.dragoman.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The history below a reply goes, whatever language introduces it, and no word of the customer's with it. */
final class VisibleReplyTest {
    /** What looks like the work of a program, and is not. */
    private static final List<String> OWN_WORDS = List.of(
            "Yes please.",
            "On 3 March you wrote:",
            "On 16.11.2026 Example Shop promised me:",
            "am 3. Mai schrieb mir Herr Maier:",
            "Call me on 16.11.2026 at 10:00: 0170 555",
            "From: Berlin\nTo: Hamburg\nSubject: Removal",
            "Name: Ana Lovelace\nDate: 16.11.2026\nShop: Example Shop",
            "Name: Ana Lovelace\nE-mail: ana@customer.example\nDate: 16.11.2026 10:00",
            "--\nThe zip is broken.",
            "--------\nOrder: 4711\nPrice: 10.05",
            "| a | b |\n| 1 | 2 |",
            "Write to support@shop.example:\nthey answer",
            "My address is:\nMain St 1",
            "We talked on 2026-11-16 10:00:\nyou said yes",
            "Subject: Order 4711",
            "=====",
            "Dear Example Shop,",
            "I sent it from my iPhone today, 16 Nov 2026.",
            "--- My data ---\nName: Ana Lovelace\nShop: Example Shop\nWhen: 16.11.2026 10:05",
            "1. size: 42\n2. colour: red",
            "¿Cuándo llega? Compré el 16/11/2026 a las 10:05:",
            "注文番号：4711\n日付：2026年11月16日",
            "On Monday, November 16 of the year 2026, at 10:05 in the morning, I went to the shop that\nyou have");

    static List<Reply> otherPrograms() {
        return HeldOutReplies.all().stream()
                .filter(reply -> !reply.program().startsWith("groupwise"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("otherPrograms")
    void replyOfProgramShouldShowItsAnswerAlone(Reply reply) {
        assertThat(ReplyMeasure.visible(reply)).isEqualTo(reply.answer());
    }

    @Test
    void noLineAboveTheQuoteShouldBeCut() {
        List<Reply> programs = HeldOutReplies.all().stream()
                .filter(reply ->
                        !reply.program().endsWith(", below") && !reply.body().contains("iPhone"))
                .toList();
        Random random = new Random(4711);
        for (int round = 0; round < 1_000; round++) {
            List<String> paragraphs = new ArrayList<>(List.of("Hello!"));
            for (int i = random.nextInt(4); i >= 0; i--) {
                paragraphs.add(OWN_WORDS.get(random.nextInt(OWN_WORDS.size())));
            }
            paragraphs.add("Thank you.");
            String own = String.join("\n\n", paragraphs);
            Reply program = programs.get(random.nextInt(programs.size()));
            String body = own + program.body().substring(program.answer().length());
            Reply reply = new Reply(program.program(), program.language(), own, body, false);
            assertThat(ReplyMeasure.visible(reply)).as(body).startsWith(own);
        }
    }

    @Test
    void noLineOfAMailWithoutAQuoteShouldBeCut() {
        Random random = new Random(4712);
        for (int round = 0; round < 1_000; round++) {
            List<String> paragraphs = new ArrayList<>(List.of("Hello!"));
            for (int i = random.nextInt(6); i >= 0; i--) {
                paragraphs.add(OWN_WORDS.get(random.nextInt(OWN_WORDS.size())));
            }
            paragraphs.add("Please call 0170 555.");
            String own = String.join("\n\n", paragraphs);
            assertThat(ReplyMeasure.visible(new Reply("none", "en", own, own, false)))
                    .isEqualTo(own);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello,\n\nOn 3 March you wrote:\nwe refund within 5 days.\n\nNothing came. Call 0170 555.",
                "Hallo,\n\nam 3. Mai schrieb mir Herr Maier:\nwir erstatten.\n\nNichts kam. Tel. 0170 555.",
                "Hi,\n\nOn 16 Nov 2026 10:05, Example Shop <support@shop.example> wrote:\nwe refund.\n\nNothing came.",
                "I got this:\n\nFrom: support@shop.example\nTo: ana@customer.example\nSubject: Order 4711\n\nIs it yours?",
                "Two things:\n\n--\nThe zip is broken.\n\nThe colour is wrong.\n--\nPlease call 0170 555.",
                "Two things:\n-- \nThe zip is broken.\n\nThe colour is wrong.\n\nPlease call 0170 555.",
                "See:\n> which size do you want for the boots that you ordered on our web site\nBlue\n> 42\nred",
            })
    void wordsBelowShouldStay(String text) {
        assertThat(ReplyMeasure.visible(new Reply("none", "en", text, text, false)))
                .isEqualTo(text);
    }

    @Test
    void namesShouldComeFromTheSettingsAndTheHeader() {
        Part.Text text = (Part.Text) TestAccount.message(
                        "From: Ana <ana@customer.example>",
                        "To: \"Tierra Botas\" <support+x@shop.example>",
                        "In-Reply-To: <1@shop.example>",
                        "",
                        "Bai.",
                        "",
                        "Tierra Botas-ek idatzi du:",
                        "> Zer neurri?")
                .parts()
                .get(0);
        assertThat(text.text()).isEqualTo("Bai.");
        assertThat(text.full()).contains("idatzi");
    }
}
