// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.ConnectorContract;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.contract.SendSample;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MatrixTest implements ConnectorContract, SendSample {
    private static final RecordedCases CASES = RecordedCases.of("channel/matrix");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");

    private final Matrix matrix = new Matrix();

    @Override
    public Matrix connector() {
        return matrix;
    }

    @Override
    public Account account(URI provider) {
        return MatrixAccounts.of(
                Map.of("baseUrl", provider.toString(), "accessToken", "the-access-token", "invites", "all"));
    }

    @Override
    public List<String> secrets() {
        return List.of("the-access-token");
    }

    @Override
    public String address() {
        return "!room";
    }

    static Stream<String> cases() throws IOException {
        return CASES.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatWasRecorded(String name) throws Exception {
        CASES.check(
                name,
                recorded -> matrix.read(account(), Signature.polled(Request.polled("!room/$event", recorded, NOW))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all                              | true",
                "none                             | false",
                "@ana:example.org                 | true",
                "example.com , EXAMPLE.org        | true",
                "@ben:example.org,example.com     | false",
                "@ana:example.com                 | false",
                "ana                              | false",
            })
    void invitationsAreAcceptedBySetting(String invites, boolean accepted) {
        Account account =
                MatrixAccounts.of(Map.of("baseUrl", "https://m.example.org", "accessToken", "t", "invites", invites));
        assertThat(MatrixSettings.invites(account, "@ana:example.org")).isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@ana", "ana:", "a b", "https://example.org/", "all,"})
    void oddInvitationsAreRefusedAtTheCheck(String invites) {
        assertThatThrownBy(() -> MatrixSettings.INVITES.parser().apply(invites))
                .hasMessageContaining("must be all, none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana", "@ana", "@ana:", "!room:example.org", "@a/../b:example.org", "@a b:c", ""})
    void onlyAUserCanBeWrittenToFirst(String address) {
        assertThatThrownBy(() -> matrix.recipient(account(), address)).isInstanceOf(MalformedPayload.class);
    }

    @Test
    void userIsKnownAsAMessageFromThem() throws Exception {
        assertThat(matrix.recipient(account(), " @ana:example.org ").identities())
                .containsExactly(MatrixId.identity("@ana:example.org"));
    }
}
