// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SmsTextTest {
    @Test
    void plainTextShouldCountSeptets() {
        assertThat(SmsText.isGsm("Grüße, £5 @ Ωmega\n")).isTrue();
        assertThat(SmsText.units("Grüße, £5 @ Ωmega\n")).isEqualTo(18);
    }

    @Test
    void extensionTableShouldCountTwo() {
        assertThat(SmsText.units("€[]{}~^|\\\f")).isEqualTo(20);
    }

    @Test
    void anyOtherCharacterShouldCountUtf16() {
        assertThat(SmsText.isGsm("გამარჯობა")).isFalse();
        assertThat(SmsText.units("€ and 😀")).isEqualTo(8);
        assertThat(SmsText.isGsm("ç"))
                .as("only the capital Ç is in the alphabet")
                .isFalse();
        assertThat(SmsText.isGsm("`")).isFalse();
    }

    @Test
    void alphabetShouldHave127CharactersAndTenMore() {
        long one = 0;
        long two = 0;
        for (char unit = 0; unit < Character.MAX_VALUE; unit++) {
            one += SmsText.septets(unit) == 1 ? 1 : 0;
            two += SmsText.septets(unit) == 2 ? 1 : 0;
        }
        assertThat(one).as("128 less the escape").isEqualTo(127);
        assertThat(two).isEqualTo(10);
    }

    @Test
    void segmentsShouldBeCountedAsPhonesDo() {
        assertThat(SmsText.segments("")).isZero();
        assertThat(SmsText.segments("a".repeat(160))).isEqualTo(1);
        assertThat(SmsText.segments("a".repeat(161))).isEqualTo(2);
        assertThat(SmsText.segments("a".repeat(306))).isEqualTo(2);
        assertThat(SmsText.segments("a".repeat(307))).isEqualTo(3);
        assertThat(SmsText.segments("ა".repeat(70))).isEqualTo(1);
        assertThat(SmsText.segments("ა".repeat(71))).isEqualTo(2);
        assertThat(SmsText.segments("ა".repeat(135))).isEqualTo(3);
    }

    @Test
    void segmentsShouldNotTearAnEscapeOrASurrogatePair() {
        assertThat(SmsText.segments("a".repeat(152) + "€" + "a".repeat(152))).isEqualTo(3);
        assertThat(SmsText.segments("ა".repeat(66) + "😀" + "ა".repeat(66))).isEqualTo(3);
    }

    @Test
    void whatIsEncodedShouldReadAsItWas() {
        StringBuilder all = new StringBuilder();
        for (char unit = 0; unit < Character.MAX_VALUE; unit++) {
            all.append(SmsText.septets(unit) > 0 ? String.valueOf(unit) : "");
        }
        assertThat(SmsText.toGsm("@€")).containsExactly(0, 27, 'e');
        assertThat(SmsText.toGsm(all.toString())).hasSize(147);
        assertThat(SmsText.ofGsm(SmsText.toGsm(all.toString()))).isEqualTo(all.toString());
        assertThatThrownBy(() -> SmsText.toGsm("ж")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nationalTablesShouldTakeThePlaceOfTheAlphabet() {
        byte[] escaped = {27, 'S', 'e', 27, 'g', 27, 'i', 27, 'e'};
        assertThat(SmsText.ofGsm(escaped, 0, 1)).isEqualTo("Şeğı€");
        assertThat(SmsText.ofGsm(escaped, 0, 0)).isEqualTo("?Se?g?i€");
        assertThat(SmsText.ofGsm(new byte[] {27, 9, 27, 'o', 27, '<'}, 0, 2)).isEqualTo("çó[");
        assertThat(SmsText.ofGsm(new byte[] {27, '[', 27, '\\', 27, 0x7f, 27, '/'}, 0, 3))
                .isEqualTo("ÃÕâ\\");
        assertThat(SmsText.ofGsm(new byte[] {7, 0x1c, 0x1d, '@', 0x60, 4, 'a'}, 1, 1))
                .isEqualTo("ıŞşİç€a");
        assertThat(SmsText.ofGsm(new byte[] {0, 0x17, 0x1a, '[', '\\', '}', 0x60, 'a'}, 3, 3))
                .isEqualTo("@\\|ÃÕ`~a");
    }

    @Test
    void piecesShouldTearNoEscapeAndNoPairApart() {
        assertThat(SmsText.pieces("x".repeat(160), 6)).hasSize(1);
        assertThat(SmsText.pieces("x".repeat(161), 6)).containsExactly("x".repeat(153), "x".repeat(8));
        assertThat(SmsText.pieces("x".repeat(152) + "€".repeat(5), 6)).containsExactly("x".repeat(152), "€".repeat(5));
        assertThat(SmsText.pieces("x".repeat(161), 7)).containsExactly("x".repeat(152), "x".repeat(9));
        assertThat(SmsText.pieces("ж" + "😀".repeat(35), 6)).containsExactly("ж" + "😀".repeat(33), "😀😀");
        assertThat(SmsText.pieces("ж".repeat(71), 7)).containsExactly("ж".repeat(66), "ж".repeat(5));
        assertThat(SmsText.wide("x".repeat(71), 6)).containsExactly("x".repeat(67), "xxxx");
    }
}
