// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.channel.meta.NotificationTokens;
import io.dragoman.connector.Account;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Template;
import io.dragoman.model.Part.Text;
import io.dragoman.model.Reason;
import io.dragoman.simulator.messenger.MessengerSimulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Notification messages: written by a token of the customer's, for which they were asked. */
final class NotificationTest {
    /** Where nobody takes webhooks: what comes in is tested by recorded cases. */
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/");

    private final MessengerSimulator meta = new MessengerSimulator(0);
    private final Messenger messenger = new Messenger();
    private final Account account = MessengerAccounts.of(meta.settings());
    private final PlainTransport transport = new PlainTransport();

    @AfterEach
    void close() {
        meta.close();
    }

    @Test
    void messageByATokenShouldGoOutWhenTheWindowIsClosedAndTellWhoseItIs() throws Exception {
        String token = meta.optsIn(NOWHERE, "PSID1", "Offers");
        meta.closeWindow("PSID1");
        Outcome outcome = send("notify:" + token, new Text("hi"));
        assertThat(outcome)
                .isEqualTo(new Outcome.Sent(meta.delivered().get(0).id())
                        .to(List.of(
                                new Identity("messenger", "PSID1", true),
                                new Identity(Identity.NOTIFICATION_TOKEN, token, true))));
        assertThat(meta.bodies().get(0))
                .isEqualTo(Json.tree(("{\"recipient\": {\"notification_messages_token\": \""
                                + token + "\"}, \"messaging_type\": \"UPDATE\","
                                + " \"message\": {\"metadata\": \"dragoman:d-1\", \"text\": \"hi\"}}")
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(outcome.toString()).doesNotContain(token);
    }

    @Test
    void whatTheTokensPageSaysOfAnAnswerShouldBeReadToo() {
        meta.answerNext(200, Map.of(), "{\"recipient\":\"PSID1\",\"message_id\":\"m_9\"}");
        assertThat(send("notify:tok", new Text("hi")))
                .isEqualTo(new Outcome.Sent("m_9")
                        .to(List.of(
                                new Identity("messenger", "PSID1", true),
                                new Identity(Identity.NOTIFICATION_TOKEN, "tok", true))));
        meta.answerNext(200, Map.of(), "{\"recipient\":{\"id\":\"PSID1\",\"message_id\":\"m_8\"}}");
        assertThat(send("PSID1", new Template("notification_messages", "en", List.of("Offers"))))
                .isEqualTo(new Outcome.Sent("m_8"));
    }

    @Test
    void tokenThatIsStoppedUnknownOrJustUsedShouldBeRefused() {
        String token = meta.optsIn(NOWHERE, "PSID1", "Offers");
        refused(send("notify:12", new Text("hi")), Reason.RECIPIENT_UNKNOWN);
        assertThat(send("notify:" + token, new Text("one"))).isInstanceOf(Outcome.Sent.class);
        assertThat(send("notify:" + token, new Text("two")))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.reason()).isEqualTo(Reason.THROTTLED));
        meta.coolDown();
        meta.notifies(NOWHERE, token, false);
        Outcome stopped = send("notify:" + token, new Text("three"));
        refused(stopped, Reason.RECIPIENT_OPTED_OUT);
        assertThat(stopped.toString()).doesNotContain(token);
        meta.notifies(NOWHERE, token, true);
        assertThat(send("notify:" + token, new Text("four"))).isInstanceOf(Outcome.Sent.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, 100, 0, (#100) notification_messages_token has expired, RECIPIENT_UNKNOWN, false",
        "400, 100, 0, (#100) Invalid parameter, CONTENT_REFUSED, false",
        "403, 10, 1893015, stopped, RECIPIENT_OPTED_OUT, false",
        "403, 10, 1404170, restricted, ACCOUNT_BLOCKED, false",
        "400, 613, 1893016, asked, CONTENT_REFUSED, false",
        "400, 9, 2018352, limit, THROTTLED, true",
        "400, 4, 2018354, delay, THROTTLED, true"
    })
    void errorShouldHaveItsReason(int status, int code, int subcode, String text, Reason reason, boolean again) {
        String more = subcode == 0 ? "" : ",\"error_subcode\":" + subcode;
        meta.answerNext(status, Map.of(), "{\"error\":{\"message\":\"" + text + "\",\"code\":" + code + more + "}}");
        Outcome outcome = send("notify:tok", new Text("hi"));
        if (again) {
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Retry.class, retry -> assertThat(retry.reason())
                    .isEqualTo(reason));
        } else {
            refused(outcome, reason);
        }
    }

    @Test
    void optInShouldBeAskedFor() throws Exception {
        Template ask = new Template("notification_messages", "en", List.of("Offers", "P", "https://x.example/a.png"));
        assertThat(send("PSID1", ask)).isInstanceOf(Outcome.Sent.class);
        assertThat(meta.bodies().get(0)).isEqualTo(Json.tree("""
                {"recipient": {"id": "PSID1"}, "messaging_type": "RESPONSE", "message": {"metadata": "dragoman:d-1",
                 "attachment": {"type": "template", "payload": {"template_type": "notification_messages",
                  "title": "Offers", "payload": "P", "image_url": "https://x.example/a.png"}}}}""".getBytes(StandardCharsets.UTF_8)));
        meta.closeWindow("PSID1");
        refused(send("PSID1", ask), Reason.WINDOW_CLOSED);
        for (List<String> wrong : List.of(List.<String>of(), List.of("a", "b", "c", "d"), List.of("x".repeat(66)))) {
            refused(send("PSID1", new Template("notification_messages", "en", wrong)), Reason.UNSUPPORTED);
        }
        assertThat(meta.bodies()).hasSize(1);
    }

    @Test
    void whereATokenLeadsNoWindowCloses() throws Exception {
        assertThat(messenger.limits(account, "notify:tok").replyWindow()).isNull();
        assertThat(messenger.limits(account, "notify:tok").templates()).isFalse();
        assertThat(messenger.limits(account, "PSID1")).isEqualTo(messenger.limits(account));
        assertThat(messenger.recipient(account, "notify:tok"))
                .isEqualTo(new Sender(
                        "notify:tok", List.of(new Identity(Identity.NOTIFICATION_TOKEN, "tok", true)), null, null));
        assertThat(messenger.lookUp(account, to("notify:tok", new Text("hi")), Instant.now(), id -> false, transport))
                .isInstanceOf(DeliveryLookup.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PSID1", "notify:", "notify:a secret/x", "tok"})
    void otherAddressesShouldBeRefusedWithoutShowingThem(String address) {
        assertThatThrownBy(() -> NotificationTokens.recipient(address))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("must be notify: and the token")
                .hasMessageNotContaining("secret");
    }

    private Outcome send(String address, Part part) {
        return messenger.send(account, to(address, part), transport);
    }

    private static ToCustomer to(String address, Part part) {
        return new ToCustomer("d-1", "m-1", "c-1", address, List.of(part), null, null, List.of(), "Mara", false);
    }

    private static void refused(Outcome outcome, Reason reason) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refusal -> assertThat(refusal.reason())
                .isEqualTo(reason));
    }
}
