// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.messenger;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
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
final class MessengerTest implements WebhookSample, SendSample {
    private static final RecordedCases CASES = RecordedCases.of("channel/messenger");
    private final Messenger messenger = new Messenger();

    @Override
    public Messenger connector() {
        return messenger;
    }

    @Override
    public Account account(URI provider) {
        return MessengerAccounts.account(provider.toString());
    }

    @Override
    public List<String> secrets() {
        return List.of(MessengerAccounts.ACCESS_TOKEN, MessengerAccounts.APP_SECRET, MessengerAccounts.VERIFY_TOKEN);
    }

    @Override
    public byte[] recorded() {
        return ("{\"object\":\"page\",\"entry\":[{\"id\":\"1045\",\"time\":1790000000500,\"messaging\":[{\"sender\":"
                        + "{\"id\":\"PSID1\"},\"recipient\":{\"id\":\"1045\"},\"timestamp\":1790000000123,\"message\":{"
                        + "\"mid\":\"m_1\",\"text\":\"" + CANARY
                        + "\",\"quick_reply\":{\"payload\":\"P\"},\"reply_to\":"
                        + "{\"mid\":\"m_0\"},\"attachments\":[{\"type\":\"location\",\"payload\":{\"coordinates\":{"
                        + "\"lat\":1.5,\"long\":2}}},{\"type\":\"image\",\"payload\":{\"url\":\"https://c.example/1\"}}]}},"
                        + "{\"sender\":{\"id\":\"PSID2\"},\"recipient\":{\"id\":\"1045\"},\"timestamp\":1790000000124,"
                        + "\"reaction\":{\"mid\":\"m_9\",\"action\":\"react\",\"emoji\":\"x\"}},{\"sender\":{\"id\":"
                        + "\"PSID3\"},\"recipient\":{\"id\":\"1045\"},\"timestamp\":1790000000125,\"read\":{\"watermark\":"
                        + "1790000000100}}]}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        return MessengerAccounts.signed(body);
    }

    @Override
    public List<String> lanes() {
        return List.of("PSID1", "PSID2", "PSID3");
    }

    @Override
    public List<String> proof() {
        return List.of("x-hub-signature-256");
    }

    @Override
    public String address() {
        return "PSID1";
    }

    static Stream<String> cases() throws IOException {
        return CASES.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void recordingShouldBecomeTheExpectedEvents(String name) throws Exception {
        CASES.check(name, in -> messenger.read(account(), messenger.verify(account(), signed(in))));
    }

    @Test
    void pagesOfABatchShouldBeNamed() throws Exception {
        byte[] body =
                "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"messaging\":[]},{\"id\":\"2\",\"standby\":[]},{\"id\":\"3\",\"changes\":[]}]}"
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(messenger.recipients(messenger.verify(account(), signed(body))))
                .containsExactly("1", "2");
    }
}
