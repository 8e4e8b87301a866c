// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Cidr;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ClientAddressResolverTest {
    private final ClientAddressResolver plain = new ClientAddressResolver(List.of());
    private final ClientAddressResolver proxied = new ClientAddressResolver(
            Stream.of("127.0.0.1", "10.0.0.0/8").map(Cidr::parse).toList());

    @Test
    void headerOfAStrangerIsNotLookedAt() {
        assertThat(plain.of("127.0.0.1", List.of("1.2.3.4"))).isEqualTo("127.0.0.1");
        assertThat(proxied.of("8.8.8.8", List.of("1.2.3.4"))).isEqualTo("8.8.8.8");
    }

    @Test
    void proxysWordIsTakenFromTheRight() {
        assertThat(proxied.of("127.0.0.1", List.of("1.2.3.4"))).isEqualTo("1.2.3.4");
        assertThat(proxied.of("127.0.0.1", List.of("6.6.6.6, 1.2.3.4"))).isEqualTo("1.2.3.4");
        assertThat(proxied.of("127.0.0.1", List.of("6.6.6.6", "1.2.3.4, 10.7.7.7")))
                .isEqualTo("1.2.3.4");
        assertThat(proxied.of("127.0.0.1", List.of("10.1.1.1,10.2.2.2"))).isEqualTo("10.1.1.1");
    }

    @Test
    void nonsenseLeadsNowhere() {
        for (String odd : List.of("", ",", "localhost", "example.com", "1.2.3.4:80", "unknown", "9".repeat(100_000))) {
            assertThat(proxied.of("127.0.0.1", List.of(odd))).as(odd).isEqualTo("127.0.0.1");
        }
        assertThat(proxied.of("127.0.0.1", List.of("1.2.3.4, unknown, 10.1.1.1")))
                .isEqualTo("10.1.1.1");
    }

    @Test
    void networkOfIpv6CountsAsOneAddress() {
        assertThat(plain.of("2001:db8:1:2::1", List.of()))
                .isEqualTo(plain.of("2001:db8:1:2:ffff:1:2:3", List.of()))
                .isNotEqualTo(plain.of("2001:db8:1:3::1", List.of()));
        assertThat(plain.of("fe80::1%eth0", List.of())).isEqualTo(plain.of("fe80::2", List.of()));
        assertThat(plain.of("::ffff:1.2.3.4", List.of())).isEqualTo("1.2.3.4");
    }
}
