// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

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
}
