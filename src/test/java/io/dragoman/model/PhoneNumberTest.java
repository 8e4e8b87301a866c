// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PhoneNumberTest {
    @ParameterizedTest
    @CsvSource({
        "+525512345678, +5215512345678", // Mexico, before and after August 2019
        "+541123456789, +5491123456789", // Argentina
        "+543511234567, +5493511234567",
        "+551187654321, +5511987654321", // Brazil's ninth digit
        "+555377654321, +5553977654321",
    })
    void bothFormsAreOneNumber(String one, String other) {
        assertThat(PhoneNumber.forms(one)).containsExactlyInAnyOrder(one, other).startsWith(one);
        assertThat(PhoneNumber.forms(other))
                .containsExactlyInAnyOrder(one, other)
                .startsWith(other);
        assertThat(PhoneNumber.sameForAll(one)).isEqualTo(PhoneNumber.sameForAll(other));
        assertThat(PhoneNumber.sameForAll("whatsapp:" + one))
                .isEqualTo(PhoneNumber.sameForAll("whatsapp:" + other))
                .startsWith("whatsapp:+5");
    }

    @ParameterizedTest
    @CsvSource({
        "+491701234567", // no country with two ways
        "+551132654321", // a Brazilian landline
        "+5511887654321", // a ninth digit that is none
        "+521234567890", // no Mexican area begins with 1
        "+5211234567", // too short
        "+56912345678", // Chile
        "555112345678", // no plus
        "ana@example.com"
    })
    void everyOtherHasOneForm(String number) {
        assertThat(PhoneNumber.forms(number)).containsExactly(number);
        assertThat(PhoneNumber.sameForAll(number)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "0170 1234567, DE, +491701234567",
        "(0170) 123-45.67, DE, +491701234567",
        "00491701234567, DE, +491701234567",
        "491701234567, DE, +491701234567",
        "+49 (0) 170 1234567, DE, +491701234567",
        "+49 (0) 170 1234567, , +491701234567",
        "0049 170 1234567, , +491701234567",
        "0011 49 170 1234567, AU, +491701234567",
        "612 345 678, ES, +34612345678",
        "3331234567, IT, +393331234567",
        "07911 123456, GB, +447911123456",
        "447911123456, DE, +447911123456",
        "8 912 345-67-89, RU, +79123456789",
        "011 15 2345-6789, AR, +5491123456789",
        "(212) 555-0123, US, +12125550123",
        "12125550123, US, +12125550123",
        "٠١٧٠١٢٣٤٥٦٧, DE, +491701234567",
        "91234567, SG, +6591234567",
    })
    void writtenNumberIsTheInternationalOne(String written, String country, String number) {
        assertThat(PhoneNumber.read(written, country)).contains(number);
    }

    @ParameterizedTest
    @CsvSource({"0170 1234567,", "12345, DE", "Shop, DE", "'', DE", "110, DE", "0170 1234567 ext 5, DE"})
    void whatIsNoNumberIsLeft(String written, String country) {
        assertThat(PhoneNumber.read(written, country)).isEmpty();
    }

    @Test
    void countriesAreThoseOfIso3166() {
        assertThat(PhoneNumber.isCountry("DE")).isTrue();
        assertThat(PhoneNumber.isCountry("de")).isFalse();
        assertThat(PhoneNumber.isCountry("49")).isFalse();
        assertThat(PhoneNumber.isCountry("XX")).isFalse();
    }
}
