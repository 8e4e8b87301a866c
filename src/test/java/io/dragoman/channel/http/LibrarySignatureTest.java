// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Request;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A signature that a provider's own library finds right is right by its profile too. */
final class LibrarySignatureTest {
    /** Found right by npm plivo 4.79.0 (validateSignature), and wrong for an address with a letter less. */
    @Test
    void signatureOfPlivoIsThatOfItsLibrary() throws Exception {
        HttpChannel plivo = Profiles.shipped("plivo");
        Account account = Profiles.account(
                plivo,
                Map.of(
                        "authId", "MAXXXXXXXX",
                        "authToken", "the-auth-token",
                        "from", "+13125550100",
                        "webhookUrl", "https://chat.example.com/channels/texts"));
        Request right = signed("12345");
        assertThat(plivo.verify(account, right).request()).isSameAs(right);
        assertThatThrownBy(() -> plivo.verify(account, signed("12346"))).isInstanceOf(AuthenticationFailed.class);
    }

    private static Request signed(String nonce) {
        Map<String, String> headers = Map.of(
                "x-plivo-signature-v2",
                "c1+BNMN88c4ZQlrf4w5+uXlaLLq+YXKWjYyOeeI6FaU=",
                "x-plivo-signature-v2-nonce",
                nonce);
        return new Request(
                Request.Origin.RECEIVED,
                "POST",
                "/channels/texts",
                "",
                headers,
                new byte[0],
                Instant.parse("2026-11-21T10:00:30Z"));
    }
}
