// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.Character.UnicodeScript;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The letters of India and Pakistan in short messages, compared with how others read the standard. */
final class SmsTablesTest {
    private static final Map<Integer, UnicodeScript> SCRIPTS = Map.of(
            4, UnicodeScript.BENGALI,
            5, UnicodeScript.GUJARATI,
            6, UnicodeScript.DEVANAGARI,
            7, UnicodeScript.KANNADA,
            8, UnicodeScript.MALAYALAM,
            9, UnicodeScript.ORIYA,
            10, UnicodeScript.GURMUKHI,
            11, UnicodeScript.TAMIL,
            12, UnicodeScript.TELUGU,
            13, UnicodeScript.ARABIC);

    private final SmsTables shipped = SmsTables.shipped();

    /** Where the other source has a slip of the pen, or the standard's own: of each the letter stands elsewhere too. */
    @Test
    void everyLetterShouldBeThatOfTheOtherSource() throws Exception {
        SmsTables other;
        try (InputStream file =
                Objects.requireNonNull(SmsTablesTest.class.getResourceAsStream("sms-languages-16.txt"))) {
            other = SmsTables.read(file);
        }
        Map<String, String> differences = new TreeMap<>();
        for (int language : SCRIPTS.keySet()) {
            for (int septet = 0; septet < 128; septet++) {
                compare(
                        differences,
                        language + " locking " + septet,
                        shipped.locking(language, septet),
                        other.locking(language, septet));
                compare(
                        differences,
                        language + " single " + septet,
                        shipped.single(language, septet),
                        other.single(language, septet));
            }
        }
        assertThat(differences)
                .isEqualTo(Map.of(
                        "7 locking 36", "0ca1 0caa", // printed so in the standard, where 0caa stands at 61
                        "9 locking 71", "0b33 0b3c", // 0b3c stands at 78
                        "10 single 35", "0a6d 004f", // the digit 7, and a Latin O
                        "11 single 36", "0bee 0bef", // printed so in the standard, where 0bef stands at 37
                        "12 single 34", "0c6c 06cc", // the digits 6 and 7, and Arabic letters
                        "12 single 35", "0c6d 06cd"));
    }

    private static void compare(Map<String, String> differences, String place, char ours, char theirs) {
        if (ours != theirs) {
            differences.put(place, String.format("%04x %04x", (int) ours, (int) theirs));
        }
    }

    @Test
    void aLetterShouldStandInOnePlaceAndBelongToItsScript() {
        SCRIPTS.forEach((language, script) -> {
            String locking = text(language, true);
            String single = text(language, false);
            assertThat(locking.chars().distinct().count()).as("of " + script).isEqualTo(locking.length());
            assertThat(single.chars().distinct().count())
                    .as("of " + script + ", where ¡ and * stand twice")
                    .isEqualTo(single.length() - 2);
            Set<UnicodeScript> allowed =
                    Set.of(script, UnicodeScript.COMMON, UnicodeScript.INHERITED, UnicodeScript.LATIN);
            assertThat((locking + single).chars().mapToObj(UnicodeScript::of)).isSubsetOf(allowed);
            assertThat(locking.chars()
                            .filter(letter -> UnicodeScript.of(letter) == script)
                            .count())
                    .isGreaterThan(40);
        });
    }

    private String text(int language, boolean locking) {
        StringBuilder text = new StringBuilder();
        for (int septet = 0; septet < 128; septet++) {
            char letter = locking ? shipped.locking(language, septet) : shipped.single(language, septet);
            if (letter != SmsLanguage.NONE) {
                text.append(letter);
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 | 044250442003445f245044201b1a1b2120155d2a50434e3f | আমার অর্ডার ১৭ কোথায়?",
                "5 | 4250445d2013445f2444201b1d1b2320155f435001201c593f | મારો ઓર્ડર ૧૭ ક્યાં છે?",
                "6 | 425944502011445f2444201b1d1b2320154d5000204d5a3f201b4f1b4b20351b65 | मेरा ऑर्डर १७ कहाँ है? OK 5€",
                "7 | 2f2f5f2f2004445f24445f201b1d1b23200e465f46512b583f | ನನ್ನ ಆರ್ಡರ್ ೧೭ ಎಲ್ಲಿದೆ?",
                "8 | 0e2f5f455820131b31241b31200e495122583f | എന്റെ ഓർഡർ എവിടെ?",
                "9 | 425d2003445f2444201b1d1b23201559070023513f | ମୋ ଅର୍ଡର ୧୭ କେଉଁଠି?",
                "10 | 425944502004442444201b1d1b232015517c2a59204d5a3f | ਮੇਰਾ ਆਰਡਰ ੧੭ ਕਿੱਥੇ ਹੈ?",
                "11 | 0e3c5f2004445f22445f201b1d1b23200e195f15593f | என் ஆர்டர் ௧௭ எங்கே?",
                "12 | 2f502004445f24445f201b1d1b23200e155f15243f | నా ఆర్డర్ ౧౭ ఎక్కడ?",
                "13 | 4e5925002001251d25201b1d1b23204756005020565b1b33 | میرا آرڈر ۱۷ کہاں ہے؟"
            })
    void wordsShouldBeReadByBothTablesOfTheirLanguage(int language, String septets, String text) {
        assertThat(SmsText.ofGsm(HexFormat.of().parseHex(septets), language, language))
                .isEqualTo(text);
    }

    @Test
    void whatATableLacksShouldBeAQuestionMark() {
        assertThat(SmsText.ofGsm(new byte[] {0x0c, 0x05, (byte) 0x90}, 4, 4)).isEqualTo("?ই?");
        assertThat(SmsText.knows(13)).isTrue();
        assertThat(SmsText.knows(14)).isFalse();
    }
}
