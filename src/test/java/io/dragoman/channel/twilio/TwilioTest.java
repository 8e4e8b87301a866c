// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import static io.dragoman.channel.twilio.TwilioAccounts.sms;
import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.RecordedCases;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.ReceivedForm;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part.MediaKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TwilioTest implements WebhookSample, SendSample {
    private static final RecordedCases CASES = RecordedCases.of("channel/twilio", "txt");

    @Override
    public Twilio connector() {
        return new Twilio();
    }

    @Override
    public Account account(URI provider) {
        return TwilioAccounts.account(sms(
                "baseUrl",
                provider.toString(),
                "secondaryAuthToken",
                "the-second-token",
                "apiKey",
                "SKSECRET1",
                "apiSecret",
                "the-api-secret"));
    }

    @Override
    public List<String> secrets() {
        return List.of(TwilioAccounts.TOKEN, "the-second-token", "SKSECRET1", "the-api-secret");
    }

    @Override
    public byte[] recorded() {
        return ("ToCountry=US&MessageSid=SM01&Body=canary-in-the-text&From=%2B4917000&SmsStatus=received&ToState="
                        + "&AccountSid=AC01&NumMedia=0&ApiVersion=2010-04-01&To=%2B15550100")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Twilio signs the decoded form. */
    @Override
    public boolean meansTheSame(Request request) {
        return java.util.Arrays.equals(
                ReceivedForm.parse(request.body()).sorted(),
                ReceivedForm.parse(recorded()).sorted());
    }

    @Override
    public Request signed(byte[] body) {
        byte[] mac = Signature.hmac(
                "HmacSHA1",
                TwilioAccounts.TOKEN.getBytes(StandardCharsets.UTF_8),
                "https://chat.example.com/channels/sms".getBytes(StandardCharsets.UTF_8),
                ReceivedForm.parse(body).sorted());
        String signature = Base64.getEncoder().encodeToString(mac);
        return TwilioAccounts.post("", body, Map.of("x-twilio-signature", signature));
    }

    @Override
    public List<String> lanes() {
        return List.of("+4917000");
    }

    @Override
    public List<String> proof() {
        return List.of("x-twilio-signature");
    }

    @Override
    public String address() {
        return "+4917000";
    }

    static Stream<String> cases() throws Exception {
        return CASES.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatWasRecorded(String name) throws Exception {
        CASES.check(name, body -> read(text(body)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsTheSameFromTheQueryOfAGet(String name) throws Exception {
        Account insecure = TwilioAccounts.account("https://chat.example.com", sms("authToken", ""), true);
        CASES.check(name, body -> connector()
                .read(insecure, connector().verify(insecure, TwilioAccounts.get(text(body), ""))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Body=hello&From=%2B4917000",
                "MessageSid=SM1&Body=hello",
                "MessageSid=SM1&From=whatsapp%3A+",
                "MessageSid=SM1&From=%20&Body=x",
                "MessageSid=SM1&MessageStatus=delivered",
                "MessageSid=SM1&MessageStatus=teleported&To=%2B49170001",
                "CallSid=CA1&From=%2B4917000&To=%2B15550100"
            })
    void whatIsNeitherMessageNorStatusIsUnreadable(String body) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> read(body)))
                .isInstanceOf(MalformedPayload.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"STOP", " stop\n", "StopAll", "unsubscribe", "Cancel", "END", "quit", "optout", "revoke", "Stopp"
            })
    void stopWordsOptOut(String word) throws Exception {
        assertThat(consent("+4917000", word)).isEqualTo(CustomerEvent.Consent.OPTED_OUT);
        assertThat(consent("whatsapp:+4917000", word)).isNull();
        assertThat(consent("+4917000", "please " + word)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"START", "yes", "Unstop"})
    void startWordsOptIn(String word) throws Exception {
        assertThat(consent("+4917000", word)).isEqualTo(CustomerEvent.Consent.OPTED_IN);
        assertThat(consent("whatsapp:+4917000", word)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HELP", "info", "stopped", ""})
    void otherWordsSayNothingOnConsent(String word) throws Exception {
        assertThat(consent("+4917000", word)).isNull();
    }

    @Test
    void answersWithEmptyTwiml() {
        assertThat(connector().acknowledge(account(), request()))
                .returns(200, io.dragoman.connector.Acknowledgement::status)
                .returns("<Response/>", io.dragoman.connector.Acknowledgement::body)
                .satisfies(answer -> assertThat(answer.contentType()).startsWith("text/xml"));
    }

    @Test
    void limitsFollowTheSender() {
        Limits text = connector().limits(TwilioAccounts.account(sms()));
        Limits plain = connector().limits(TwilioAccounts.account(sms("mms", "false")));
        Limits whatsapp = connector().limits(TwilioAccounts.account(sms("from", "whatsapp:+15550100")));
        assertThat(text.replyWindow()).isNull();
        assertThat(text.caption()).isEqualTo(1600);
        assertThat(text.location()).isFalse();
        assertThat(text.media()).containsKey(MediaKind.IMAGE).doesNotContainKey(MediaKind.STICKER);
        assertThat(plain.media()).isEmpty();
        assertThat(whatsapp.replyWindow()).isEqualTo(Duration.ofHours(24));
        assertThat(whatsapp.caption()).isZero();
        assertThat(whatsapp.location()).isTrue();
        assertThat(whatsapp.media()).containsKey(MediaKind.STICKER);
    }

    @Test
    void problemsNameTheSettingAndTheRemedy() {
        assertThat(problems("from", ""))
                .singleElement()
                .asString()
                .startsWith("from or messagingServiceSid is missing.");
        assertThat(problems("authToken", "")).anyMatch(text -> text.startsWith("authToken is missing."));
        assertThat(problems("from", "0049 170")).singleElement().asString().startsWith("from must be a number such as");
        assertThat(problems("accountSid", "SK1")).singleElement().asString().startsWith("accountSid must be");
        assertThat(problems("messagingServiceSid", "XX"))
                .singleElement()
                .asString()
                .contains("MG");
        assertThat(problems("apiKey", "SK1")).singleElement().asString().contains("apiSecret is missing");
        assertThat(problems("apiKey", "XX", "apiSecret", "x"))
                .singleElement()
                .asString()
                .contains("SK");
        assertThat(problems("validityPeriod", "11h")).singleElement().asString().contains("10h");
        for (String from : List.of("+15550100", "whatsapp:+15550100", "12345", "Shop 24")) {
            assertThat(problems("from", from)).as(from).isEmpty();
        }
        assertThat(problems("from", "", "messagingServiceSid", "MG01")).isEmpty();
    }

    @Test
    void insecureAccountNeedsNoAuthTokenToReceiveButSomethingToSend() {
        Map<String, String> none = sms("authToken", "");
        Map<String, String> key = sms("authToken", "", "apiKey", "SK1", "apiSecret", "x");
        assertThat(connector().problems(TwilioAccounts.account("https://a.example", key, true)))
                .isEmpty();
        assertThat(connector().problems(TwilioAccounts.account("https://a.example", none, true)))
                .singleElement()
                .asString()
                .contains("needed to send");
    }

    private List<String> problems(String... changes) {
        return connector().problems(TwilioAccounts.account(sms(changes)));
    }

    private CustomerEvent.@org.jspecify.annotations.Nullable Consent consent(String from, String text)
            throws Exception {
        String body = "MessageSid=SM1&From=" + encode(from) + "&Body=" + encode(text);
        return ((CustomerEvent.MessageReceived) read(body).get(0)).consent();
    }

    private static String encode(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private List<CustomerEvent> read(String body) throws Exception {
        Verified verified = connector().verify(account(), signed(body.getBytes(StandardCharsets.UTF_8)));
        return connector().read(account(), verified);
    }

    private static String text(byte[] recorded) {
        return new String(recorded, StandardCharsets.UTF_8).strip();
    }
}
