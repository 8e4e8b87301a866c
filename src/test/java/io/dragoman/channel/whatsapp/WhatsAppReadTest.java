// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in: recorded webhooks, the handshake and the signature. */
final class WhatsAppReadTest {
    private static final RecordedCases CASES = RecordedCases.of("channel/whatsapp");
    private final WhatsApp whatsApp = new WhatsApp();
    private final Account account = Accounts.account("https://graph.facebook.com");

    static Stream<String> cases() throws IOException {
        return CASES.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void recordingShouldBecomeTheExpectedEvents(String name) throws Exception {
        CASES.check(name, in -> whatsApp.read(account, whatsApp.verify(account, Accounts.signed(in))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "1", "-5", "\"soon\"", "1795255260", "4102444800", "1795255260000", "99999999999999999999"})
    void noticeOfATimeThatCannotBeShouldBeOfItsReceipt(String time) throws Exception {
        String body = "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"time\":" + time
                + ",\"changes\":[{\"field\":\"account_review_update\",\"value\":{\"decision\":\"REJECTED\"}}]}]}";
        Request request = Accounts.signed(body.getBytes(StandardCharsets.UTF_8));
        assertThat(whatsApp.read(account, whatsApp.verify(account, request)))
                .singleElement()
                .extracting("at")
                .isEqualTo(request.receivedAt());
    }

    @Test
    void signatureShouldAgreeWithAnotherImplementation() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            byte[] body = new byte[random.nextInt(400)];
            random.nextBytes(body);
            Request request = Accounts.signed(body);
            assertThat(whatsApp.verify(account, request).request()).isSameAs(request);
        }
    }

    @Test
    void signatureShouldAgreeWithAKnownValue() throws Exception {
        // RFC 4231 case 2 in Meta's form: made by nobody's code here
        Account known = Accounts.account("https://graph.facebook.com", Map.of("appSecret", "Jefe"));
        byte[] body = "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);
        Request request =
                Accounts.post(body, "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assertThat(whatsApp.verify(known, request)).isNotNull();
    }

    @Test
    void accountWithoutSecretShouldTakeNothingUnlessInsecure() throws Exception {
        Account open = Accounts.withoutSecret(false);
        assertThat(whatsApp.problems(open)).singleElement().asString().startsWith("appSecret is missing. It is the");
        Request unsigned = Accounts.post("{}".getBytes(StandardCharsets.UTF_8), "");
        assertThatThrownBy(() -> whatsApp.verify(open, unsigned)).isInstanceOf(AuthenticationFailed.class);
        assertThat(whatsApp.problems(Accounts.withoutSecret(true))).isEmpty();
        assertThat(whatsApp.verify(Accounts.withoutSecret(true), unsigned)).isNotNull();
    }

    @Test
    void handshakeShouldGiveTheChallengeBack() throws Exception {
        Request request = Accounts.get("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=verify%2Dtoken");
        assertThat(whatsApp.read(account, whatsApp.verify(account, request))).isEmpty();
        Acknowledgement answer = whatsApp.acknowledge(account, request);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("text/plain");
        assertThat(answer.body()).isEqualTo("1158201444");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hub.mode=subscribe",
                "hub.mode=subscribe&hub.challenge=1",
                "hub.mode=subscribe&hub.challenge=1&hub.verify_token=",
                "hub.mode=subscribe&hub.challenge=1&hub.verify_token=verify-toke",
                "hub.mode=subscribe&hub.challenge=1&hub.verify_token=verify-token2",
                "hub.mode=subscribe&hub.challenge=1&hub.verify_token=%zz",
                "hub.mode=subscribe&hub.challenge=1&xhub.verify_token=verify-token",
                "hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=verify-token",
                "hub.mode=subscribe&hub.challenge=%3Cscript%3E&hub.verify_token=verify-token",
                "hub.mode=subscribe&hub.verify_token=verify-token",
                "&&&=&hub.mode"
            })
    void wrongHandshakeShouldBeForbidden(String query) {
        assertThatThrownBy(() -> whatsApp.verify(account, Accounts.get(query)))
                .isInstanceOfSatisfying(AuthenticationFailed.class, refused -> assertThat(refused.status())
                        .isEqualTo(403));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"object\":\"page\",\"entry\":[]}",
                "{\"object\":\"whatsapp_business_account\"}",
                "{\"object\":\"whatsapp_business_account\",\"entry\":[null]}",
                "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"field\":\"messages\"}]}]}",
                "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":{\"metadata\":{\"phone_number_id\":\"778\"},"
                        + "\"messages\":[{\"id\":\"wamid.1\"}]}}]}]}",
                "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":{\"metadata\":{\"phone_number_id\":\"778\"},"
                        + "\"messages\":{\"id\":\"wamid.1\"}}}]}]}"
            })
    void webhookInWhichNothingCanBeIdentifiedShouldBeUnreadable(String body) {
        Request request = Accounts.signed(body.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> whatsApp.read(account, whatsApp.verify(account, request)))
                .isInstanceOf(MalformedPayload.class);
    }
}
