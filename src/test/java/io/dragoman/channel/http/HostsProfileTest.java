// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider with several hosts: the next is tried only where the one before surely did not take the message. */
final class HostsProfileTest {
    private static final String PROFILE = """
            name: Acme
            description: SMS through Acme.
            settings:
              key: {type: secret, about: "The API key, from the console.", required: true}
              baseUrl: {type: url, about: "Where the first host is.", default: "https://a.acme.example"}
              second: {type: url, about: "Where the second host is.", default: "https://b.acme.example"}
              third: {type: url, about: "Where the third host is.", default: "https://c.acme.example"}
            send:
              auth: {bearer: key}
              otherHosts: [second, third]
              text: {path: /send, json: "{'to': to, 'text': text}"}
              answer: {id: id, code: code}
            errors:
              retry: {provider-down: [E1], throttled: [E2]}
            """;
    private static final String TAKEN = "{\"id\": \"m-1\"}";

    private static Outcome send(URI first, URI second, URI third) throws InvalidProfile {
        HttpChannel acme = Profiles.of(PROFILE);
        Account account = Profiles.account(
                acme,
                Map.of(
                        "key", "the-key",
                        "baseUrl", first.toString(),
                        "second", second.toString(),
                        "third", third.toString()));
        ToCustomer message = new ToCustomer(
                "d-1", "m", "c", "+4915550101", List.of(new Part.Text("hi")), null, null, List.of(), null, true);
        return acme.send(account, message, new PlainTransport());
    }

    private static FakeProvider answering(int status, String body) {
        return FakeProvider.answering(status, Map.of(), body);
    }

    private static URI unreachable() {
        try (FakeProvider gone = answering(200, TAKEN)) {
            return gone.baseUrl();
        }
    }

    @Test
    void hostThatIsNotThereShouldBePassedBy() throws Exception {
        try (FakeProvider second = answering(200, TAKEN);
                FakeProvider third = answering(200, TAKEN)) {
            assertThat(send(unreachable(), second.baseUrl(), third.baseUrl()))
                    .isInstanceOfSatisfying(Outcome.Sent.class, sent -> assertThat(sent.externalId())
                            .isEqualTo("m-1"));
            assertThat(second.bodies()).containsExactly("{\"to\":\"+4915550101\",\"text\":\"hi\"}");
            assertThat(third.bodies()).isEmpty();
            assertThat(send(unreachable(), unreachable(), third.baseUrl())).isInstanceOf(Outcome.Sent.class);
        }
        assertThat(send(unreachable(), unreachable(), unreachable())).isInstanceOf(Outcome.Retry.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | {} | 1", // it did not take it
                "400 | {\"code\": \"E1\"} | 1", // so says its code
                "500 | {} | 0", // it may have taken it
                "429 | {} | 0", // the others count with it
                "400 | {\"code\": \"E2\"} | 0",
                "400 | {} | 0",
                "401 | {} | 0"
            })
    void onlyWhatSurelyDidNotGetThroughShouldGoOn(int status, String body, int second) throws Exception {
        try (FakeProvider first = answering(status, body);
                FakeProvider other = answering(200, TAKEN)) {
            Outcome outcome = send(first.baseUrl(), other.baseUrl(), other.baseUrl());
            assertThat(first.bodies()).hasSize(1);
            assertThat(other.bodies()).hasSize(second);
            assertThat(outcome instanceof Outcome.Sent).isEqualTo(second == 1);
        }
    }

    @Test
    void answerThatIsCutOffShouldBeUncertainAndGoNowhereElse() throws Exception {
        try (FakeProvider first = FakeProvider.hangingUp();
                FakeProvider other = answering(200, TAKEN)) {
            assertThat(send(first.baseUrl(), other.baseUrl(), other.baseUrl()))
                    .isInstanceOfSatisfying(Outcome.Uncertain.class, uncertain -> assertThat(uncertain.reason())
                            .isNotEqualTo(Reason.THROTTLED));
            assertThat(other.bodies()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[key]", "[fourth]", "[second, third]"})
    void otherHostsShouldBeAddressesThatEveryAccountHas(String hosts) {
        String profile = PROFILE.replace("[second, third]", hosts)
                .replace(
                        "{type: url, about: \"Where the third host is.\", default: \"https://c.acme.example\"}",
                        "{type: url, about: \"Where the third host is.\"}");
        assertThatThrownBy(() -> Profiles.of(profile))
                .isInstanceOfSatisfying(InvalidProfile.class, invalid -> assertThat(invalid.faults())
                        .singleElement()
                        .satisfies(fault -> assertThat(fault.message())
                                .containsAnyOf("must have type: url", "fourth", "which an account may lack")));
    }
}
