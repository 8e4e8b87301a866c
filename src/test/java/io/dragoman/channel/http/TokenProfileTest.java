// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.ConnectorContract;
import io.dragoman.connector.Request;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A profile whose provider posts forms to an address with a secret in it. */
final class TokenProfileTest implements ConnectorContract, WebhookSample, SendSample {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");

    private final HttpChannel channel = Profiles.shipped("46elks");

    @Override
    public HttpChannel connector() {
        return channel;
    }

    @Override
    public Account account(URI provider) {
        return Profiles.account(
                channel,
                Map.of(
                        "username", "the-user-name",
                        "password", "the-password",
                        "urlSecret", "the-secret-of-the-address",
                        "from", "+46700000000",
                        "baseUrl", provider.toString()));
    }

    @Override
    public List<String> secrets() {
        return List.of("the-password", "the-secret-of-the-address");
    }

    @Override
    public byte[] recorded() {
        return ("direction=incoming&id=s-1&from=%2B46706861004&to=%2B46700000000&message=" + CANARY
                        + "&created=2026-11-21T10%3A00%3A00.000000")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        return posted("key=the-secret-of-the-address", body);
    }

    private static Request posted(String query, byte[] body) {
        Map<String, String> headers = Map.of("content-type", "application/x-www-form-urlencoded");
        return new Request(Request.Origin.RECEIVED, "POST", "/channels/texts", query, headers, body, NOW);
    }

    /** The proof is in the address. */
    @Test
    void secretOfTheAddressShouldBeWholeAndTheFirst() {
        for (String query : List.of(
                "",
                "key=",
                "key=the-secret-of-the-addres",
                "key=the-secret-of-the-address2",
                "Key=the-secret-of-the-address",
                "key=x&key=the-secret-of-the-address")) {
            assertThatThrownBy(() -> channel.verify(account(), posted(query, recorded())))
                    .as(query)
                    .isInstanceOf(AuthenticationFailed.class);
        }
    }

    @Test
    void secretOfTheAddressShouldNotBeShown() {
        assertThat(signed(recorded()).toString()).doesNotContain("the-secret-of-the-address");
    }

    @Override
    public List<String> lanes() {
        return List.of("+46706861004");
    }

    @Override
    public List<String> proof() {
        return List.of();
    }

    @Override
    public boolean provesBody() {
        return false;
    }

    @Override
    public String address() {
        return "+46706861004";
    }
}
