// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.rules.text.TextFolding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextFoldingTest {
    @ParameterizedTest(name = "{0}: {1} is in {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "English                     | refund      | I want a REFUND!",
                "phrase over a line break    | money back  | my MONEY\u00A0\t  back",
                "curly apostrophe            | don't       | I don’t know",
                "Georgian                    | თანხა       | სად არის თანხა?",
                "Georgian capitals in text   | თანხა       | სად არის ᲗᲐᲜᲮᲐ?",
                "Georgian capitals in word   | ᲗᲐᲜᲮᲐ       | სად არის თანხა?",
                "Armenian                    | ՎԵՐԱԴԱՐՁ    | ուզում եմ վերադարձ։",
                "Armenian ligature           | և           | ԵՒ",
                "Turkmen                     | ýalňyşlyk   | Bu ÝALŇYŞLYK!",
                "Turkmen decomposed          | ýalňyşlyk   | bu y\u0301aln\u030Cys\u0327lyk",
                "Turkish capitals            | ışık        | IŞIK yok",
                "Turkish dotted capital      | istanbul    | İSTANBUL'a",
                "Turkish dotted, lowered     | istanbul    | i\u0307stanbul",
                "Arabic                      | استرداد     | أريد استرداد المال",
                "Arabic presentation forms   | سلام        | ﺳﻼﻡ",
                "Thai, no spaces             | คืนเงิน     | อยากคืนเงินค่ะ",
                "Chinese, no spaces          | 退款        | 我要退款谢谢",
                "Japanese beside Latin       | refund      | これをrefundしたい",
                "Korean with a particle      | 환불        | 환불을 원해요",
                "Greek final sigma           | ΛΆΘΟΣ       | ένα λάθος",
                "German sharp s              | STRASSE     | die Straße",
                "Cyrillic                    | Возврат     | нужен ВОЗВРАТ денег",
                "wide letters                | refund      | ｒｅｆｕｎｄ",
                "ligature                    | office      | oﬃce",
                "soft hyphen                 | refund      | re\u00ADfund",
                "zero-width space            | refund      | re\u200Bfund",
                "emoji                       | 👍          | ok👍thanks",
                "emoji with joiner           | 👩‍💻        | I am a 👩‍💻!",
                "emoji, variation selector   | ❤️          | ❤",
                "flag                        | 🇬🇪          | 🇺🇸🇬🇪",
                "symbol at a word            | $50         | give me $50",
            })
    void findsTheWord(String what, String word, String text) {
        assertThat(TextFolding.containsWord(TextFolding.fold(text), TextFolding.fold(word)))
                .as(what)
                .isTrue();
    }

    /** Plain texts take a shorter way, which must lead to the same place. */
    @Test
    void plainTextsFoldAsTheyDoBesideOthers() {
        for (char c = 0; c < 0x80; c++) {
            String text = " " + c + "A " + c + c + "z" + c;
            assertThat(TextFolding.fold(text + "-é"))
                    .as("with %x", (int) c)
                    .isEqualTo(TextFolding.fold(text + "-") + "é");
        }
    }

    @ParameterizedTest(name = "{0}: {1} is not in {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "piece of a word             | refund  | refunds and prerefund",
                "piece of a Georgian word    | თანხა   | თანხას",
                "piece of an Armenian word   | գին     | գինը",
                "piece of a Turkmen word     | ýal     | ýalňyş",
                "Arabic vowel signs          | كتب     | كَتَبَ",
                "Arabic article              | مال     | المال",
                "accent                      | resume  | résumé",
                "accent, decomposed          | cafe    | cafe\u0301",
                "number                      | 42      | 421",
                "letter before digit         | a1      | a12",
                "piece of a joined emoji     | 👩      | 👩‍💻",
                "end of a joined emoji       | 💻      | 👩‍💻",
                "another skin                | 👍      | 👍🏽",
                "two halves of flags         | 🇸🇬      | 🇺🇸🇬🇪",
                "keycap                      | 1       | 1️⃣",
                "Thai tone mark              | ก       | ก่",
            })
    void doesNotFindTheWord(String what, String word, String text) {
        assertThat(TextFolding.containsWord(TextFolding.fold(text), TextFolding.fold(word)))
                .as(what)
                .isFalse();
    }

    @Test
    void findsALaterWholeWordBehindAPiece() {
        assertThat(TextFolding.containsWord(TextFolding.fold("refunds? A refund."), "refund"))
                .isTrue();
    }

    @Test
    void looksAtNoMoreThanItsCapAndNoHeapOfMarks() {
        String heap = "e" + "\u0301\u0323".repeat(20_000);
        assertThat(TextFolding.fold(heap).length()).isLessThan(100);
        assertThat(TextFolding.fold("x".repeat(1_000_000))).hasSize(TextFolding.LONGEST);
        assertThat(TextFolding.fold("\uFDFA".repeat(100_000)).length()).isLessThanOrEqualTo(TextFolding.LONGEST);
        assertThat(TextFolding.composed("😀".repeat(TextFolding.LONGEST))).endsWith("😀");
    }

    @Test
    void takesLoneSurrogatesAsTheyAre() {
        assertThat(TextFolding.containsWord(TextFolding.fold("\uD800 refund \uDC00"), "refund"))
                .isTrue();
        assertThat(TextFolding.containsWord(TextFolding.fold("\uDC00"), TextFolding.fold("\uD83D")))
                .isFalse();
    }

    @Test
    void foldingTwiceChangesNothing() {
        for (String text : new String[] {"İIıi ß ΣΑΣ ՎԵՐ և ᲗᲐ ﬃ  x", "👩‍💻❤️ re\u00ADfund", "ǆǅǄ ſ K Å"}) {
            assertThat(TextFolding.fold(TextFolding.fold(text))).isEqualTo(TextFolding.fold(text));
        }
    }
}
