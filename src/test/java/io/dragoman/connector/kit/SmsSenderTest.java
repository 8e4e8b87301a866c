// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Identity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SmsSenderTest {
    @ParameterizedTest
    @CsvSource({
        "+37255550101, +37255550101, phone, false",
        "37255550101, +37255550101, phone, false",
        "0037255550101, +37255550101, phone, false",
        "' 37255550101 ', +37255550101, phone, false",
        "15155, 15155, phone, true",
        "12345678, 12345678, phone, true",
        "055550101, 055550101, sms, false",
        "1234567890123456, 1234567890123456, sms, false",
        "Bank, Bank, sms, true",
        "3G Shop, 3G Shop, sms, true"
    })
    void onePersonHasOneAddress(String written, String value, String type, boolean machine) throws Exception {
        SmsSender sender = SmsSender.of(written);
        assertThat(sender.value()).isEqualTo(value);
        assertThat(sender.identity()).isEqualTo(new Identity(type, value, false));
        assertThat(sender.isMachine()).isEqualTo(machine);
        assertThat(sender.automatic() != null).isEqualTo(machine);
    }

    @ParameterizedTest
    @CsvSource({
        "01701234567, DE, +491701234567",
        "+49 170 1234567, , +491701234567",
        "91234567, SG, +6591234567",
        "91234567, , 91234567",
        "81000, SG, 81000",
        "1234567890123456, DE, 1234567890123456"
    })
    void countryMakesANumberWhole(String written, String country, String value) throws Exception {
        assertThat(SmsSender.of(written, Optional.ofNullable(country)).value()).isEqualTo(value);
    }

    @Test
    void onlyWithItsCountryIsANumberWrittenTo() throws Exception {
        assertThat(SmsSender.person("+49 (0)170 1234567").value()).isEqualTo("+491701234567");
        assertThat(SmsSender.person("0170 1234567", Optional.of("DE")).value()).isEqualTo("+491701234567");
        for (String none : List.of("0170 1234567", "491701234567", "Shop", "12345")) {
            assertThatThrownBy(() -> SmsSender.person(none))
                    .isInstanceOf(MalformedPayload.class)
                    .hasMessage(SmsSender.PERSON);
        }
    }

    @Test
    void nobodyIsNoSender() {
        assertThatThrownBy(() -> SmsSender.of("  ")).isInstanceOf(MalformedPayload.class);
    }
}
