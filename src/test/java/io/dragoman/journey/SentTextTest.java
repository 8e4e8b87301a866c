// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer repeats of our text goes, in whatever form, and no line of the customer's with it. */
final class SentTextTest {
    private static final String SENT = "Hello Anna,\n\nwe have the boots in black & brown, in all sizes up to 46."
            + " Which ones may we send you?\nPlease answer with one of:\nblack\nbrown\n\nKind regards\nMax";

    private static final QuoteIntroduction INTRODUCTION = new QuoteIntroduction(Set.of("anna@a.example"), "max muster");

    /** What customers write, and what looks like the work of a program and is not. */
    private static final List<String> OWN_LINES = List.of(
            "black",
            "Yes please.",
            "Kind regards",
            "?",
            "👍",
            "Please answer with one of:",
            "Call me on 16.11.2026 at 10:00: 0170 555",
            "Write to support@shop.example:",
            "I am anna@a.example, since 16.11.2026 10:05",
            "Max Muster told me so:",
            "Hello Anna, I said to myself",
            "- 42",
            "-----",
            "我要黑色的");

    private static final List<String> INTRODUCTIONS = List.of(
            "",
            "On Mon, 16 Nov 2026 at 10:05, Shop <support@shop.example> wrote\n",
            "16.11.2026 10:05 Max Muster\n\n",
            "Am 16.11.2026 um 10:05 schrieb support@shop.example\n----------\n",
            "On Monday, 16 November 2026 at 10:05:33 Central European Time\nShop <support@shop.example> wrote\n");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The black ones.\n\n%s",
                "The black ones.\n\n%s\n\n\n",
                "\n%s\n\nThe black ones.",
                "The black ones.\nOn Mon, 16 Nov 2026 at 10:05, Shop <support@shop.example> wrote\n\n%s",
                "The black ones.\n16.11.2026 10:05 Max Muster:\n%s",
                "The black ones.\nAm 16.11.2026 um 10:05 schrieb support@shop.example\n----------\n%s",
            })
    void repeatedTextShouldGo(String form) {
        for (String quote : forms(SENT)) {
            assertThat(cut(form.formatted(quote))).as(form.formatted(quote)).isEqualTo("The black ones.");
        }
    }

    @Test
    void answersAboveAndBelowShouldStay() {
        assertThat(cut("Hello Max,\n" + SENT + "\nThe black ones.")).isEqualTo("Hello Max,\n\nThe black ones.");
    }

    @Test
    void pieceThatIsMarkedOrIntroducedShouldGo() {
        String piece = "we have the boots in black &amp; brown, in all\nsizes up to 46. Which ones may we send you?\n"
                + "Please answer with one of:";
        String marked = piece.replaceAll("(?m)^", "> ");
        assertThat(cut("Hm.\n\n" + marked)).isEqualTo("Hm.");
        String end = piece + "\nblack\nbrown\nKind\nregards Max";
        assertThat(cut("Hm.\n\n16.11.2026 10:05 Max Muster\n" + end)).isEqualTo("Hm.");
        assertThat(cut("Hm.\n\n16.11.2026 10:05 Max Muster\n" + end + "\n\nBlack."))
                .isEqualTo("Hm.\n\nBlack.");
        assertThat(cut("Hm.\n\n" + end)).contains(end);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Please answer with one of:\nblack",
                "Hello Anna,\n\nwe have the boots in black & brown, in all sizes up to 46. Which ones may we send you?\n"
                        + "Please answer with one of:\nblack",
                "> Hello Anna,\n>\n> we have the boots in black & brown, in all sizes up to 46. Which ones may we send"
                        + " you?\nthe black ones\n> Please answer with one of:\n> black\n> brown\nblack",
                "> we have the boots in black & brown, in all sizes up to 46. Which ones may we send you?\n"
                        + "> Please answer with one of:\nblack",
                "Hm.\n> we have the boots in black & brown, in all sizes up to 46. Which ones may we send you?\n"
                        + "> Please answer with one of:\nblack",
                "Hm.\n\n16.11.2026 10:05 Max Muster\nwe have the boots in black & brown, in all sizes up to 46. Which"
                        + " ones may we send you?\nPlease answer with one of:\nblack",
                "In all sizes up to 46. Which ones may we send you?",
                "we have the boots in black & brown, in all sizes up to 46. Which ones may we send you? None.",
            })
    void doubtfulTextShouldStay(String answer) {
        assertThat(cut(answer)).isEqualTo(answer);
    }

    @Test
    void nothingShouldBeCutDownToNothing() {
        assertThat(cut(SENT)).isEqualTo(SENT);
        String introduced = "16.11.2026 10:05 Max Muster\n" + SENT;
        assertThat(cut(introduced)).isEqualTo(introduced);
    }

    @Test
    void oneLineShouldBeRepeatedWholeAndBeLongEnough() {
        String sent = "We close at six o'clock on Fridays.";
        assertThat(cut("Thanks!\n> We close at six\n> o'clock on Fridays.", sent))
                .isEqualTo("Thanks!");
        assertThat(cut("Thanks!\n\nWe close at six o'clock on", sent)).contains("six");
        assertThat(cut("Thanks!\n\nWe close at six.", "We close at six.")).contains("six");
    }

    /** Seeded, so that a failure can be had again. */
    @Test
    void noLineOfTheCustomersShouldEverBeCut() {
        Random random = new Random(4713);
        int shorter = 0;
        for (int round = 0; round < 3_000; round++) {
            List<String> above = lines(random);
            List<String> below = lines(random);
            List<String> forms = forms(pieceOf(SENT, random));
            String quote =
                    INTRODUCTIONS.get(random.nextInt(INTRODUCTIONS.size())) + forms.get(random.nextInt(forms.size()));
            String answer = String.join("\n", above) + "\n" + quote + "\n" + String.join("\n", below);
            String rest = cut(answer);
            shorter += rest.length() < answer.length() ? 1 : 0;
            assertThat(rest.lines().filter(line -> !line.isBlank()).toList())
                    .as(answer)
                    .startsWith(above.toArray(String[]::new))
                    .endsWith(below.toArray(String[]::new));
        }
        assertThat(shorter).isGreaterThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n", "ab", "> ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", "&amp;", "a\u0301\u0316", " \n"})
    void hostileTextShouldTakeLinearTime(String piece) {
        String sent = piece.repeat(64 * 1024 / piece.length());
        String answer = sent.substring(0, sent.length() - 10) + "\nz";
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            cut(answer, sent);
            cut(answer, "x\n" + sent.substring(0, sent.length() / 2));
        });
    }

    private static List<String> lines(Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            lines.add(OWN_LINES.get(random.nextInt(OWN_LINES.size())));
        }
        return lines;
    }

    /** All of a text, or lines of it in order. */
    private static String pieceOf(String text, Random random) {
        List<String> lines = text.lines().toList();
        return random.nextBoolean()
                ? text
                : String.join("\n", lines.subList(random.nextInt(3), lines.size() - random.nextInt(3)));
    }

    /** As programs repeat a text. */
    private static List<String> forms(String text) {
        String wrapped = text.replaceAll("(.{1,30}) ", "$1\n");
        return List.of(
                text,
                wrapped,
                text.replace("\n\n", "\n"),
                text.replaceAll("(?m)^", "> "),
                wrapped.replaceAll("(?m)^", ">> "),
                text.replaceAll("(?m)^", "| "),
                text.replaceAll("(?m)^", "\t").replace(" ", "\u00a0"),
                wrapped.replace("&", "&amp;").replaceAll("(?m)^", "&gt; "),
                text.replace("\n", "\r\n"));
    }

    private static String cut(String answer) {
        return cut(answer, SENT);
    }

    private static String cut(String answer, String sent) {
        return SentText.of(sent).cutFrom(answer, INTRODUCTION);
    }
}
