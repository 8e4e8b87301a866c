// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Identity;
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

    @Test
    void nobodyIsNoSender() {
        assertThatThrownBy(() -> SmsSender.of("  ")).isInstanceOf(MalformedPayload.class);
    }
}
