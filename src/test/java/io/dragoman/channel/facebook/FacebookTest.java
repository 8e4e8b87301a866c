// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.facebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.ConnectorContract;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every connector must do, and what comes in. */
final class FacebookTest implements ConnectorContract, WebhookSample, SendSample {
    private static final RecordedCases CASES = RecordedCases.of("channel/facebook");
    private final Facebook facebook = new Facebook();

    @Override
    public Facebook connector() {
        return facebook;
    }

    @Override
    public Account account(URI provider) {
        return FacebookAccounts.account(provider.toString());
    }

    @Override
    public List<String> secrets() {
        return List.of(FacebookAccounts.ACCESS_TOKEN, FacebookAccounts.APP_SECRET, FacebookAccounts.VERIFY_TOKEN);
    }

    @Override
    public byte[] recorded() {
        return ("{\"object\":\"page\",\"entry\":[{\"id\":\"1045\",\"time\":1790000000,\"changes\":[{\"field\":\"feed\","
                        + "\"value\":{\"item\":\"comment\",\"verb\":\"add\",\"post_id\":\"1045_1\",\"comment_id\":\"1_9\","
                        + "\"parent_id\":\"1_8\",\"from\":{\"id\":\"77\",\"name\":\"Ana\"},\"created_time\":1790000000,"
                        + "\"message\":\"" + CANARY
                        + "\",\"photo\":\"https://c.example/1\"}},{\"field\":\"ratings\",\"value\":"
                        + "{\"verb\":\"add\",\"reviewer_id\":\"78\",\"open_graph_story_id\":\"991\"}}]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        return FacebookAccounts.signed(body);
    }

    @Override
    public List<String> lanes() {
        return List.of("public:1_8", "public:991");
    }

    @Override
    public List<String> proof() {
        return List.of("x-hub-signature-256");
    }

    @Override
    public String address() {
        return "public:1_9";
    }

    static Stream<String> cases() throws IOException {
        return CASES.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void recordingShouldBecomeTheExpectedEvents(String name) throws Exception {
        CASES.check(name, in -> facebook.read(account(), facebook.verify(account(), signed(in))));
    }

    @Test
    void pagesOfABatchShouldBeNamed() throws Exception {
        byte[] body =
                "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"messaging\":[]},{\"id\":\"2\",\"standby\":[]},{\"id\":\"3\",\"changes\":[]}]}"
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(facebook.recipients(facebook.verify(account(), signed(body))))
                .containsExactly("3");
    }
}
