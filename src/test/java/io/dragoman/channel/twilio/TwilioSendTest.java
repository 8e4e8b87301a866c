// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import static io.dragoman.channel.twilio.TwilioAccounts.account;
import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.ReadMarker;
import io.dragoman.connector.Secret;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.twilio.TwilioSimulator;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sending, against the simulator. */
final class TwilioSendTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/channels/sms");
    private static final String ANA = "+4917000001";

    private final TwilioSimulator twilio = new TwilioSimulator(0);
    private final TwilioSimulator whatsapp = new TwilioSimulator(0, "whatsapp:+15550100");
    private final PlainTransport transport = new PlainTransport(Duration.ofSeconds(2));

    @AfterEach
    void close() {
        twilio.close();
        whatsapp.close();
    }

    @Test
    void textArrives() {
        String text = "გამარჯობა 👩‍👩‍👧 & 50% = \"ok\"?";
        Outcome.Sent sent = sent(twilio, ANA, new Part.Text(text));
        assertThat(twilio.delivered()).containsExactly(new Delivered(ANA, String.valueOf(sent.externalId()), text));
        assertThat(sent.externalId()).startsWith("SM").hasSize(34);
    }

    @Test
    void apiKeyWorksInsteadOfTheToken() {
        Map<String, String> settings = new HashMap<>(twilio.settings());
        settings.putAll(twilio.apiKeySettings());
        settings.put("authToken", "another");
        assertThat(new Twilio()
                        .send(account("http://127.0.0.1:9", settings), message(ANA, new Part.Text("hi")), transport))
                .isInstanceOf(Outcome.Sent.class);
        settings.remove("apiKey");
        settings.remove("apiSecret");
        assertThat(new Twilio()
                        .send(account("http://127.0.0.1:9", settings), message(ANA, new Part.Text("hi")), transport))
                .isEqualTo(new Outcome.Refused(Reason.AUTHENTICATION_FAILED, "Twilio answered 401 with code 20003"));
    }

    @Test
    void senderRecipientAndCallbackAreInTheForm() {
        Map<String, String> form =
                form(Map.of("messagingServiceSid", "MG01", "validityPeriod", "2h"), ANA, new Part.Text("x"));
        assertThat(form)
                .containsEntry("To", ANA)
                .containsEntry("From", "+15550100")
                .containsEntry("MessagingServiceSid", "MG01")
                .containsEntry("ValidityPeriod", "7200")
                .containsEntry("StatusCallback", "https://chat.example.com/channels/sms")
                .containsEntry("Body", "x");
        assertThat(form(Map.of("webhookUrl", "https://a.example/hook"), "whatsapp:" + ANA, new Part.Text("x")))
                .containsEntry("From", "whatsapp:+15550100")
                .containsEntry("StatusCallback", "https://a.example/hook");
        assertThat(form(Map.of("from", "whatsapp:+15550100"), ANA, new Part.Text("x")))
                .containsEntry("From", "+15550100");
    }

    /** Twilio takes a sender and a recipient of one channel only (21910). */
    @Test
    void senderAndRecipientAreOfOneChannel() {
        Part text = new Part.Text("x");
        assertThat(form(Map.of(), "rcs:" + ANA, text)).containsEntry("To", ANA).containsEntry("From", "+15550100");
        assertThat(form(Map.of("from", "rcs:shop_agent"), "rcs:" + ANA, text))
                .containsEntry("To", "rcs:" + ANA)
                .containsEntry("From", "rcs:shop_agent");
        assertThat(form(Map.of("from", "rcs:shop_agent"), ANA, text))
                .containsEntry("To", "rcs:" + ANA)
                .containsEntry("From", "rcs:shop_agent");
        assertThat(form(Map.of("from", "messenger:99"), "messenger:2345", text))
                .containsEntry("To", "messenger:2345")
                .containsEntry("From", "messenger:99");
        assertThat(form(Map.of("messagingServiceSid", "MG01"), "messenger:2345", text))
                .containsEntry("To", "messenger:2345")
                .containsEntry("MessagingServiceSid", "MG01")
                .doesNotContainKey("From");
        assertThat(refused(twilio, "messenger:2345", text)).isEqualTo(Reason.ACCOUNT_BLOCKED);
        assertThat(twilio.delivered()).isEmpty();
    }

    @Test
    void sendersOfEveryChannelCanBeConfigured() {
        for (String from : List.of("rcs:shop_agent", "messenger:1234", "whatsapp:+15550100", "+15550100", "SHOP")) {
            assertThat(new Twilio().problems(account(TwilioAccounts.sms("from", from))))
                    .as(from)
                    .isEmpty();
        }
        for (String from : List.of("rcs:", "rcs:a b", "messenger:shop", "viber:1")) {
            assertThat(new Twilio().problems(account(TwilioAccounts.sms("from", from))))
                    .as(from)
                    .singleElement()
                    .asString()
                    .startsWith("from must be");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "21910, ACCOUNT_BLOCKED",
        "30033, ACCOUNT_BLOCKED",
        "63022, ACCOUNT_BLOCKED",
        "63112, ACCOUNT_BLOCKED",
        "30016, RECIPIENT_UNKNOWN",
        "63025, MEDIA_REFUSED",
        "63029, CONTENT_REFUSED",
        "30450, THROTTLED"
    })
    void newerCodesHaveAMeaning(int code, Reason reason) {
        twilio.answerNext(400, Map.of(), "{\"code\":" + code + "}");
        assertThat(refused(twilio, ANA, new Part.Text("x"))).isEqualTo(reason);
    }

    @Test
    void mediaGoAsLinksThatTwilioFetches() {
        try (FakeProvider media = FakeProvider.answering(200, Map.of(), "bytes")) {
            Part picture = new Part.Media(MediaKind.IMAGE, "image/png", null, 5L, null, "m1", null)
                    .linked(media.baseUrl() + "/media/1");
            sent(twilio, ANA, picture, new Part.Text("look"));
            assertThat(twilio.delivered()).extracting(Delivered::content).containsExactly("[file] look");
            assertThat(media.bodies()).hasSize(1);
        }
    }

    @Test
    void mediumWithoutALinkIsRefused() {
        Part picture = new Part.Media(MediaKind.IMAGE, "image/png", null, 5L, null, "m1", null);
        assertThat(refused(twilio, ANA, picture)).isEqualTo(Reason.MEDIA_REFUSED);
        assertThat(twilio.delivered()).isEmpty();
    }

    @Test
    void whatsappTakesOneMediumAndAnSmsTen() {
        Part[] two = new Part[2];
        java.util.Arrays.fill(two, media("https://a.example/1"));
        Part[] eleven = new Part[11];
        java.util.Arrays.fill(eleven, media("https://a.example/1"));
        assertThat(refused(whatsapp, "whatsapp:" + ANA, two)).isEqualTo(Reason.MEDIA_REFUSED);
        assertThat(refused(twilio, ANA, eleven)).isEqualTo(Reason.MEDIA_REFUSED);
    }

    @Test
    void templateGoesByItsContentSid() {
        whatsapp.template("HX01", "Your order {{1}} is {{2}}.");
        sent(whatsapp, "whatsapp:" + ANA, new Part.Template("HX01", "en", List.of("77", "on \"its\" way")));
        assertThat(whatsapp.delivered())
                .extracting(Delivered::content)
                .containsExactly("Your order 77 is on \"its\" way.");
        assertThat(refused(whatsapp, "whatsapp:" + ANA, new Part.Template("HX02", "en", List.of())))
                .isEqualTo(Reason.CONTENT_REFUSED);
        assertThat(refused(whatsapp, "whatsapp:" + ANA, new Part.Template("order_update", "en", List.of())))
                .isEqualTo(Reason.CONTENT_REFUSED);
    }

    @Test
    void placeGoesAsPersistentActionOnWhatsappOnly() {
        Part place = new Part.Location(41.7151, 1.0E-5, "Shop | Tbilisi", null);
        assertThat(form(Map.of("from", "whatsapp:+15550100"), "whatsapp:" + ANA, place))
                .containsEntry("PersistentAction", "geo:41.7151,0.000010|Shop   Tbilisi")
                .containsEntry("Body", "Shop | Tbilisi");
        assertThat(refused(twilio, ANA, place)).isEqualTo(Reason.UNSUPPORTED);
    }

    @Test
    void whatTwilioCannotShowIsRefusedBeforeItIsSent() {
        assertThat(refused(twilio, ANA, new Part.ChoiceMade("a", "A"))).isEqualTo(Reason.UNSUPPORTED);
        assertThat(refused(twilio, ANA, new Part.Text(""))).isEqualTo(Reason.CONTENT_REFUSED);
        assertThat((Object) new Twilio()).isNotInstanceOf(ReadMarker.class);
        assertThat(transport.calls()).isEmpty();
    }

    @Test
    void wrongNumberOptOutAndLengthAreNamed() {
        assertThat(refused(twilio, "+0", new Part.Text("x"))).isEqualTo(Reason.RECIPIENT_UNKNOWN);
        assertThat(refused(twilio, ANA, new Part.Text("x".repeat(1601)))).isEqualTo(Reason.TOO_LARGE);
        twilio.customerWrites(NOWHERE, ANA, "Stop");
        assertThat(refused(twilio, ANA, new Part.Text("x"))).isEqualTo(Reason.RECIPIENT_OPTED_OUT);
        twilio.customerWrites(NOWHERE, ANA, "START");
        sent(twilio, ANA, new Part.Text("x".repeat(1600)));
        assertThat(twilio.delivered()).hasSize(1);
    }

    @Test
    void unreachableWhatsappSenderBlocksTheAccountNotTheCustomer() {
        Map<String, String> settings = new HashMap<>(whatsapp.settings());
        settings.put("from", "whatsapp:+15559999");
        assertThat(new Twilio().send(account(settings), message("whatsapp:" + ANA, new Part.Text("x")), transport))
                .isEqualTo(new Outcome.Refused(Reason.ACCOUNT_BLOCKED, "Twilio answered 400 with code 63007"));
    }

    @ParameterizedTest
    @CsvSource({"429, 20429, THROTTLED", "400, 14107, THROTTLED", "400, 21611, THROTTLED", "503, 20503, PROVIDER_DOWN"})
    void whatPassesIsTriedAgainWhenTwilioSays(int status, int code, Reason reason) {
        twilio.answerNext(status, Map.of("Retry-After", "7"), "{\"code\":" + code + "}");
        assertThat(send(twilio, ANA, new Part.Text("x"))).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
            assertThat(retry.reason()).isEqualTo(reason);
            assertThat(retry.after()).isEqualTo(Duration.ofSeconds(7));
        });
    }

    @Test
    void brokenProviderLeavesUncertainty() {
        twilio.answerNext(500, Map.of(), "{\"code\":20500}");
        assertThat(send(twilio, ANA, new Part.Text("x"))).isInstanceOf(Outcome.Uncertain.class);
        twilio.answerNext(502, Map.of(), "<html>");
        assertThat(send(twilio, ANA, new Part.Text("x"))).isInstanceOf(Outcome.Uncertain.class);
        assertThat(twilio.delivered()).isEmpty();
        twilio.loseNextAnswer();
        assertThat(send(twilio, ANA, new Part.Text("x"))).isInstanceOf(Outcome.Uncertain.class);
        assertThat(twilio.delivered()).hasSize(1);
    }

    @Test
    void answerThatFailedAtOnceIsNotSuccess() {
        twilio.answerNext(201, Map.of(), "{\"sid\":\"SM1\",\"status\":\"failed\",\"error_code\":21610}");
        assertThat(refused(twilio, ANA, new Part.Text("x"))).isEqualTo(Reason.RECIPIENT_OPTED_OUT);
        twilio.answerNext(201, Map.of(), "{\"sid\":\"SM1\",\"status\":\"queued\",\"error_code\":null}");
        assertThat(sent(twilio, ANA, new Part.Text("x")).externalId()).isEqualTo("SM1");
    }

    private static Part media(String url) {
        return new Part.Media(MediaKind.IMAGE, "image/png", null, 5L, null, "m1", url);
    }

    private static Outbound.ToCustomer message(String to, Part... parts) {
        return new Outbound.ToCustomer("k", "m", "c", to, List.of(parts), null, null, List.of(), null, false);
    }

    private Outcome send(TwilioSimulator simulator, String to, Part... parts) {
        Account account = account("http://127.0.0.1:9", simulator.settings());
        return new Twilio().send(account, message(to, parts), transport);
    }

    private Outcome.Sent sent(TwilioSimulator simulator, String to, Part... parts) {
        Outcome outcome = send(simulator, to, parts);
        assertThat(outcome).isInstanceOf(Outcome.Sent.class);
        return (Outcome.Sent) outcome;
    }

    private Reason refused(TwilioSimulator simulator, String to, Part... parts) {
        Outcome outcome = send(simulator, to, parts);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).reason();
    }

    /** The form that is sent with these settings. */
    private static Map<String, String> form(Map<String, String> changes, String to, Part part) {
        try (FakeProvider provider = FakeProvider.answering(201, Map.of(), "{\"sid\":\"SM1\"}")) {
            Map<String, String> settings = new HashMap<>(
                    TwilioAccounts.sms("baseUrl", provider.baseUrl().toString()));
            settings.putAll(changes);
            PlainTransport transport = new PlainTransport();
            assertThat(new Twilio().send(account(settings), message(to, part), transport))
                    .isEqualTo(new Outcome.Sent("SM1"));
            HttpCall call = transport.calls().get(0);
            assertThat(call.uri().getPath()).isEqualTo("/2010-04-01/Accounts/AC01/Messages.json");
            assertThat(call.authorization())
                    .isEqualTo(HttpCall.get(call.uri())
                            .basic("AC01", new Secret(TwilioAccounts.TOKEN))
                            .authorization());
            Map<String, String> form = new HashMap<>();
            for (String pair : provider.bodies().get(0).split("&")) {
                String[] sides = pair.split("=", 2);
                form.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
            }
            return form;
        }
    }
}
