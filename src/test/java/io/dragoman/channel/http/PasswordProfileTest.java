// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Secret;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A profile whose provider gives access tokens for the name and password of a user (OAuth 2.0, password grant). */
final class PasswordProfileTest {
    private static final String OAUTH = "oauth: {tokenUrl: tokenUrl, username: user, password: password}";
    private static final String PROFILE = """
            name: Acme
            description: Messages through Acme.
            settings:
              user: {type: text, about: "The user's name.", required: true}
              password: {type: secret, about: "The user's password.", required: true}
              clientId: {type: text, about: "The client's id.", default: dragoman}
              clientSecret: {type: secret, about: "The client's secret.", required: true}
              tokenUrl: {type: url, about: "Where the access tokens of Acme come from.", default: "https://api.acme.example/token"}
              baseUrl: {type: url, about: "Where the API of Acme is.", default: "https://api.acme.example"}
            send:
              auth:
                %s
              text:
                path: /send
                json: "{'to': to, 'text': text}"
              answer: {id: id}
            """;
    private static final String ANSWER =
            "{\"access_token\":\"t-1\",\"token_type\":\"bearer\",\"expires_in\":3600,\"id\":\"p-1\"}";

    private final PlainTransport transport = new PlainTransport();

    private Outcome send(String oauth, FakeProvider provider) throws InvalidProfile {
        HttpChannel acme = Profiles.of(PROFILE.formatted(oauth));
        Account account = Profiles.account(
                acme,
                Map.of(
                        "user", "ana & co",
                        "password", "a word",
                        "clientSecret", "the secret",
                        "tokenUrl", provider.baseUrl() + "/token",
                        "baseUrl", provider.baseUrl().toString()));
        ToCustomer message = new ToCustomer(
                "d-1", "m-1", "c-1", "+4915550101", List.of(new Part.Text("hi")), null, null, List.of(), null, false);
        return acme.send(account, message, transport);
    }

    @Test
    void tokenShouldBeFetchedByThePasswordOnce() throws Exception {
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), ANSWER)) {
            assertThat(send(OAUTH, provider)).isEqualTo(new Outcome.Sent("p-1"));
            assertThat(send(OAUTH, provider)).isEqualTo(new Outcome.Sent("p-1"));
            assertThat(provider.bodies()).hasSize(3);
            assertThat(provider.bodies().get(0)).isEqualTo("grant_type=password&username=ana+%26+co&password=a+word");
            assertThat(transport.calls())
                    .extracting(HttpCall::authorization)
                    .containsExactly(null, new Secret("Bearer t-1"), new Secret("Bearer t-1"));
        }
    }

    @Test
    void clientShouldGoAlongWhereTheProfileNamesOne() throws Exception {
        String client = OAUTH.replace("}", ", clientId: clientId, clientSecret: clientSecret, scope: sms}");
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), ANSWER)) {
            send(client, provider);
            assertThat(provider.bodies().get(0))
                    .endsWith("&password=a+word&client_id=dragoman&client_secret=the+secret&scope=sms");
            send(client.replace("}", ", idAndSecret: header}"), provider);
            assertThat(provider.bodies().get(2)).endsWith("&password=a+word&scope=sms");
        }
    }

    @Test
    void refusedPasswordShouldSendNothingAndBeSaid() throws Exception {
        try (FakeProvider provider = FakeProvider.answering(400, Map.of(), "{\"error\":\"invalid_grant\"}")) {
            assertThat(send(OAUTH, provider)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
                assertThat(refused.detail()).endsWith("it gives no access token for this user name and password");
            });
            assertThat(provider.bodies()).hasSize(1);
        }
        assertThat(new io.dragoman.connector.PasswordCredentials(
                                java.net.URI.create("https://api.acme.example"),
                                "ana",
                                new Secret("a word"),
                                "",
                                null,
                                "",
                                false)
                        .toString())
                .doesNotContain("a word", "ana");
    }

    @Test
    void nameWithoutAPasswordShouldBeAnErrorOfTheProfile() {
        assertThatThrownBy(() -> Profiles.of(PROFILE.formatted(OAUTH.replace(", password: password", ""))))
                .isInstanceOf(InvalidProfile.class)
                .hasMessageContaining("password");
        assertThatThrownBy(() -> Profiles.of(PROFILE.formatted("oauth: {tokenUrl: tokenUrl, clientId: clientId}")))
                .isInstanceOf(InvalidProfile.class)
                .hasMessageContaining("clientSecret");
    }
}
