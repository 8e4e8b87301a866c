// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be configured, and how addresses go out and come in by it. */
final class SmppSettingsTest {
    private static Account account(String... more) {
        Map<String, String> settings = new HashMap<>(
                Map.of("host", "127.0.0.1", "systemId", "shop", "password", "secret", "from", "+4930111"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return SmppLine.account(settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "10.1.2.3", "192.168.0.9", "::1"})
    void nearServerMayDoWithoutTls(String host) {
        assertThat(new Smpp().problems(account("host", host, "tls", "false"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"smpp.carrier.example", "8.8.8.8", "localhost.example"})
    void farServerShouldNeedTls(String host) {
        assertThat(new Smpp().problems(account("host", host, "tls", "false")))
                .hasSize(1)
                .allMatch(problem -> problem.contains("tls is false"));
        assertThat(new Smpp().problems(account("host", host))).isEmpty();
        assertThat(SmppSettings.port(account())).isEqualTo(3550);
        assertThat(SmppSettings.port(account("tls", "false"))).isEqualTo(2775);
    }

    @ParameterizedTest
    @CsvSource({
        "systemId, sixteencharacter",
        "password, ninechars",
        "systemType, thirteenchars",
        "from, twelve-chars",
        "country, 49",
        "binds, 11",
        "messageIds, hex",
    })
    void whatSmppHasNoRoomForShouldBeRefused(String setting, String value) {
        assertThatThrownBy(() -> account(setting, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be");
    }

    @Test
    void waitThatMakesNoSenseShouldBeRefused() {
        assertThat(new Smpp().problems(account("timeout", "0s", "enquireLink", "1h")))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "+4917000001, 4917000001, 1, 1",
        "12345, 12345, 3, 0",
        "Shop, Shop, 5, 0",
    })
    void addressShouldShowItsType(String address, String digits, int ton, int npi) {
        assertThat(SmppAddress.of(address, -1, -1)).isEqualTo(new SmppAddress(digits, ton, npi));
        assertThat(SmppAddress.of(address, 0, 9)).isEqualTo(new SmppAddress(digits, 0, 9));
    }

    @ParameterizedTest
    @CsvSource({
        "491701234567, 1, '', +491701234567",
        "491701234567, 0, '', +491701234567",
        "+491701234567, 0, DE, +491701234567",
        "00491701234567, 1, DE, +491701234567",
        "01701234567, 2, DE, +491701234567",
        "1701234567, 2, DE, +491701234567",
        "01701234567, 0, DE, +491701234567",
        "91234567, 2, SG, +6591234567",
        "01701234567, 0, '', 01701234567",
        "12345, 1, DE, 12345",
        "12345, 3, DE, 12345",
        "Shop, 5, DE, Shop",
    })
    void senderShouldHaveTheirCountry(String digits, int ton, String country, String address) throws Exception {
        Account account = country.isEmpty() ? account() : account("country", country);
        assertThat(SmppAddress.sender(account, digits, ton).value()).isEqualTo(address);
    }
}
