// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.ConsentChanged;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Event;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.rules.Decision;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer agrees to notifications, is written to by the token, answers, and stops them. */
final class NotificationTokenTest {
    private static final Identity ANA = new Identity("test", "ana", true);
    private static final Identity TOKEN = new Identity(Identity.NOTIFICATION_TOKEN, "tok", true);
    private static final Identity OTHER = new Identity(Identity.NOTIFICATION_TOKEN, "other", true);

    @TempDir
    private Path data;

    private final TestChannel shop = new TestChannel() {
        @Override
        public Limits limits(Account account) {
            return Limits.text(4000, Limits.Unit.UTF_16)
                    .replyWindow(Duration.ofHours(24))
                    .build();
        }

        @Override
        public Limits limits(Account account, String address) {
            return address.startsWith("notify:")
                    ? Limits.text(4000, Limits.Unit.UTF_16).build()
                    : limits(account);
        }

        @Override
        public Sender recipient(Account account, String address) {
            Identity token = new Identity(Identity.NOTIFICATION_TOKEN, address.substring("notify:".length()), true);
            return new Sender(address, List.of(token), null, null);
        }
    };

    private TestGateway test;

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    @DisplayName("agreeing opens no window; the token leads into the conversation, until it is stopped")
    void tokenShouldReachItsHolderUntilItIsStopped() throws Exception {
        test = new TestGateway(
                data, situation -> new Decision(List.of(), List.of()), shop, new TestDesk(), setup -> setup);
        tells(notifications("1", TOKEN), consent("1", TOKEN, Consent.OPTED_IN));
        TestGateway.await("the opt-in at the desk", () -> test.desk.sent.size() == 1);
        assertThat(conversation().path("address").asText()).isEqualTo("ana");
        assertThat(conversation().path("replyUntil").asText("open"))
                .as("agreeing to notifications opens no reply window")
                .isLessThanOrEqualTo(test.clock.instant().toString());

        assertThat(first("tok").statusCode()).isEqualTo(202);
        TestGateway.await("the notification", () -> shop.sent.size() == 1);
        assertThat(((ToCustomer) shop.sent.get(0)).address()).isEqualTo("notify:tok");
        assertThat(conversation().path("replyUntil").isNull()).isTrue();

        tells(message("m1", null, List.of(ANA)));
        TestGateway.await(
                "the answer", () -> conversation().path("address").asText().equals("ana"));
        assertThat(conversation().path("replyUntil").isTextual()).isTrue();

        test.clock.move(Duration.ofSeconds(1));
        tells(notifications("2", TOKEN), consent("2", TOKEN, Consent.OPTED_OUT));
        TestGateway.await("the stop", () -> isStopped(TOKEN));
        HttpResponse<String> refused = first("tok");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains("stopped the notifications of this token")
                .doesNotContain("tok\"");

        tells(consent("0", TOKEN, Consent.OPTED_IN, Duration.ofMinutes(-1)), notifications("3", OTHER));
        TestGateway.await("that both are read", () -> isKnown(OTHER));
        answers();
        TestGateway.await("an ordinary answer, which a stop does not hinder", () -> shop.sent.size() == 2);
        assertThat(((ToCustomer) shop.sent.get(1)).address()).isEqualTo("ana");
        assertThat(first("other").statusCode())
                .as("the other token was not stopped")
                .isEqualTo(202);
        TestGateway.await("its notification", () -> shop.sent.size() == 3);
        assertThat(first("tok").statusCode())
                .as("an older agreement undoes no stop")
                .isEqualTo(409);

        test.clock.move(Duration.ofSeconds(1));
        tells(consent("4", TOKEN, Consent.OPTED_IN));
        TestGateway.await("that it is resumed", () -> !isStopped(TOKEN));
        assertThat(first("tok").statusCode()).isEqualTo(202);
    }

    private boolean isStopped(Identity token) {
        return test.gateway.store().read(tx -> tx.contacts().isStopped("shop", List.of(token)));
    }

    private boolean isKnown(Identity token) {
        return test.gateway
                .store()
                .read(tx -> tx.contacts().byIdentity("shop", List.of(token)).isPresent());
    }

    private CustomerEvent notifications(String key, Identity token) {
        return message("n" + key, "wrote nothing", List.of(ANA, token));
    }

    private CustomerEvent message(String key, String automatic, List<Identity> identities) {
        Sender ana = new Sender("ana", identities, null, null);
        return new MessageReceived(
                key,
                test.clock.instant(),
                ana,
                key,
                List.of(new Part.Text("hi")),
                null,
                Threading.NONE,
                automatic,
                null,
                null);
    }

    private CustomerEvent consent(String key, Identity token, Consent consent) {
        return consent(key, token, consent, Duration.ZERO);
    }

    private CustomerEvent consent(String key, Identity token, Consent consent, Duration later) {
        return new ConsentChanged("c" + key, "ana", test.clock.instant().plus(later), List.of(token), consent);
    }

    private void tells(CustomerEvent... events) {
        String body = Json.writeAll(List.of(events), Event.class);
        assertThat(test.post(
                        "/channels/shop",
                        body,
                        TestChannel.sign("secret of shop", body.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(200);
    }

    private HttpResponse<String> first(String token) {
        return test.admin(
                "POST",
                "/api/v1/conversations",
                "{\"channel\":\"shop\",\"to\":\"notify:" + token + "\",\"text\":\"news\"}",
                "Idempotency-Key",
                UUID.randomUUID().toString());
    }

    private void answers() {
        assertThat(test.admin(
                                "POST",
                                "/api/v1/conversations/"
                                        + conversation().path("id").asText() + "/messages",
                                "{\"text\":\"answer\"}",
                                "Idempotency-Key",
                                UUID.randomUUID().toString())
                        .statusCode())
                .isEqualTo(202);
    }

    private JsonNode conversation() {
        List<JsonNode> all = new ArrayList<>();
        test.admin("/api/v1/conversations").path("conversations").forEach(all::add);
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
