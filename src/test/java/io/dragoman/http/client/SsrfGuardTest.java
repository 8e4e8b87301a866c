// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dragoman.connector.Cidr;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Reason;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SsrfGuardTest extends TransportContract {
    /** Every way that somebody may write an address of ours. */
    private static final String PRIVATE = """
            127.0.0.1 127.0.0.1. 127.1 127.0.1 127.255.255.254 2130706433 0x7f000001 0x7f.1 0x7f.0x0.0x0.0x1
            0177.0.0.1 0177.1 017700000001 00000177.0.0.1 127.0.0.01 127.0.0.0x1 0X7F.0.0.1 1 0 0x0 0x
            0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 012.0.0.1 167772161 100.64.0.1 100.100.100.200 100.127.255.255
            168.63.129.16 169.254.0.1 169.254.169.254 2852039166 0xa9fea9fe 0xa9.0xfe.0xa9.0xfe 0251.0376.0251.0376
            172.16.0.1 172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 192.168.257 198.18.0.1
            198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 256.256.256.256 4294967297
            [::] [::1] [0:0:0:0:0:0:0:1] [::127.0.0.1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:0:127.0.0.1]
            [::ffff:a9fe:a9fe] [64:ff9b::7f00:1] [64:ff9b::169.254.169.254] [64:ff9b:1::1] [100::1]
            [2001::1] [2001:0:7f00:1::] [2001:2::1] [2001:10::1] [2001:20::1] [2001:db8::1]
            [2002:7f00:1::] [2002:a9fe:a9fe::1] [3fff::1] [5f00::1] [fc00::1] [fd00:ec2::254] [fd12:3456::1]
            [fe80::1] [fe80::1%25lo] [fe80::1%251] [fec0::1] [ff02::1] [ff05::2]
            localhost LOCALHOST localhost. metadata.google.internal mixed.example
            """;

    private static final String PUBLIC = """
            1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1
            169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0
            223.255.255.255 168.63.129.15 [2606:4700:4700::1111] [2001:4860:4860::8888] [2001:200::1] [2a00:1450::1]
            [2003::1] [3ffe::1]
            """;

    private final Map<String, List<String>> known = Map.of(
            "localhost", List.of("127.0.0.1"),
            "metadata.google.internal", List.of("169.254.169.254"),
            "mixed.example", List.of("8.8.8.8", "10.0.0.1"));

    @Test
    void noSpellingOfAPrivateAddressIsAsked() {
        guardedBy(new SsrfGuard(true, Set.of(80, 443), List.of(), new Known()));
        List<String> spellings = List.of(PRIVATE.strip().split("\\s+"));
        assertThat(spellings).hasSizeGreaterThan(60);

        for (String spelling : spellings) {
            for (String scheme : List.of("http://", "https://")) {
                TransportFailure failure = failure(HttpCall.get(URI.create(scheme + spelling + "/")));
                assertThat(failure).as(spelling).isNotNull();
                assertThat(failure.reason()).as(spelling).isEqualTo(Reason.CONTENT_REFUSED);
                assertThat(failure.maybeSent()).as(spelling).isFalse();
            }
        }
    }

    @Test
    void publicAddressIsLetThrough() throws Exception {
        SsrfGuard guard = new SsrfGuard(false, List.of());

        for (String address : PUBLIC.strip().split("\\s+")) {
            guard.check(URI.create("https://" + address + "/"));
            assertThat(guard.resolve(address)).as(address).hasSize(1);
        }
    }

    @Test
    void blockedAddressIsNamedByItsHostAlone() {
        guardedBy(new SsrfGuard(false, Set.of(443), List.of(), new Known()));

        TransportFailure failure = failure(HttpCall.get(URI.create("https://mixed.example/secret?x=y")));

        assertThat(failure.detail()).isEqualTo("mixed.example points into a private network");
    }

    @Test
    void nameThatChangesItsMindIsCheckedEachTime() throws Exception {
        try (Provider provider = new Provider()) {
            provider.answering((asked, exchange) -> {
                exchange.getResponseHeaders().set("Connection", "close");
                Provider.answer(exchange, 200, "ok");
            });
            List<String> lookups = new ArrayList<>();
            Names rebinding = host -> {
                lookups.add(host);
                return new InetAddress[] {InetAddress.getByName(lookups.size() == 1 ? "127.0.0.1" : "127.0.0.2")};
            };
            guardedBy(new SsrfGuard(true, Set.of(provider.port()), List.of(Cidr.parse("127.0.0.1/32")), rebinding));
            HttpCall call = HttpCall.get(URI.create("http://rebinding.example:" + provider.port() + "/"));

            assertThat(transport().http(call).status()).isEqualTo(200);
            // one look-up both for the check and for the connection: no second one to lie to
            assertThat(lookups).containsExactly("rebinding.example");

            assertThat(failure(call).reason()).isEqualTo(Reason.CONTENT_REFUSED);
            assertThat(lookups).hasSize(2);
            assertThat(provider.asked()).hasSize(1);
        }
    }

    @Test
    void trustedAddressNeedsNoGuard() throws Exception {
        try (Provider provider = new Provider()) {
            assertThat(get(provider.uri("/")).status()).isEqualTo(200);
            assertThat(failure(HttpCall.get(provider.uri("/"))).reason()).isEqualTo(Reason.CONTENT_REFUSED);
            assertThat(failure(HttpCall.get(provider.uri("/")).trusting(URI.create("http://127.0.0.1:1/")))
                            .reason())
                    .isEqualTo(Reason.CONTENT_REFUSED);
            assertThat(provider.asked()).hasSize(1);
        }
    }

    @Test
    void operatorMayAllowABlockOfAddresses() throws Exception {
        SsrfGuard guard = new SsrfGuard(
                false,
                Stream.of("10.1.0.0/16", "fd00:1::/32", "192.168.7.7")
                        .map(Cidr::parse)
                        .toList());

        assertThat(guard.resolve("10.1.255.1")).hasSize(1);
        assertThat(guard.resolve("fd00:1::5")).hasSize(1);
        assertThat(guard.resolve("192.168.7.7")).hasSize(1);
        for (String other : List.of("10.2.0.1", "10.0.255.255", "fd00:2::5", "192.168.7.8", "127.0.0.1")) {
            assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> guard.resolve(other));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "https://example.com:22/",
                "https://example.com:8443/",
                "ws://example.com/"
            })
    void onlyTheWebsOwnPortsAndTlsAreAsked(String uri) {
        SsrfGuard guard = new SsrfGuard(false, List.of());

        assertThatExceptionOfType(TransportFailure.class)
                .isThrownBy(() -> guard.check(URI.create(uri)))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.CONTENT_REFUSED));
    }

    @Test
    void operatorMayAllowPlainHttp() {
        SsrfGuard guard = new SsrfGuard(true, List.of());

        assertThatCode(() -> guard.check(URI.create("http://example.com/"))).doesNotThrowAnyException();
        assertThatCode(() -> guard.check(URI.create("HTTPS://example.com:443/")))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(TransportFailure.class)
                .isThrownBy(() -> guard.check(URI.create("http://example.com:8080/")));
    }

    @Test
    void operatorMayAllowPlainHttpOfSomeHosts() {
        SsrfGuard guard = new SsrfGuard(Set.of("files.internal:80", "10.1.0.5:8065"), List.of());

        for (String allowed :
                List.of("http://files.internal/a", "HTTP://Files.Internal:80/a", "https://example.com/")) {
            assertThatCode(() -> guard.check(URI.create(allowed))).as(allowed).doesNotThrowAnyException();
        }
        for (String refused : List.of(
                "http://files.internal:8080/a",
                "https://files.internal:8065/a",
                "http://other.internal/a",
                "http://files.internal.evil.example/a",
                "http://10.1.0.5/a",
                "https://10.1.0.5:8065/a")) {
            assertThatExceptionOfType(TransportFailure.class)
                    .as(refused)
                    .isThrownBy(() -> guard.check(URI.create(refused)));
        }
        // the address itself is another matter
        assertThat(guard.refusal(URI.create("http://10.1.0.5:8065/a")))
                .hasValue("10.1.0.5 points into a private network");
        SsrfGuard both = new SsrfGuard(Set.of("10.1.0.5:8065"), List.of(Cidr.parse("10.1.0.0/16")));
        assertThat(both.refusal(URI.create("http://10.1.0.5:8065/a"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"example.com/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "::/129", "", "/8", "10.0.0.0/x"})
    void blockThatIsNoneIsRefused(String block) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.parse(block))
                .withMessageContaining("is not a block of addresses");
    }

    private final class Known implements Names {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            String name = host.toLowerCase(java.util.Locale.ROOT).replaceFirst("\\.$", "");
            List<String> addresses = known.get(name);
            if (addresses == null) {
                return SystemDefaultDnsResolver.INSTANCE.resolve(host);
            }
            InetAddress[] all = new InetAddress[addresses.size()];
            for (int i = 0; i < all.length; i++) {
                all[i] = InetAddress.getByName(addresses.get(i));
            }
            return all;
        }
    }
}
