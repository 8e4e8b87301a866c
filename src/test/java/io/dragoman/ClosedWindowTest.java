// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.ClosedWindow;
import io.dragoman.connector.ClosedWindow.QuietHours;
import io.dragoman.connector.ClosedWindow.Then;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Purpose;
import io.dragoman.model.Status;
import io.dragoman.rules.Decision;
import io.dragoman.store.Consents.Source;
import io.dragoman.store.Consents.Statement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents answer when the channel takes no free answers any more. */
final class ClosedWindowTest {
    private static final String PHONE = "+4917055501";
    private static final Decision VIP = new Decision(List.of(), List.of());

    @TempDir
    private Path data;

    private final TestChannel shop = new TestChannel() {
        @Override
        public Limits limits(Account account) {
            return Limits.text(4000, Limits.Unit.UTF_16)
                    .templates()
                    .replyWindow(Duration.ofHours(24))
                    .build();
        }
    };
    private final TestChannel texts = new TestChannel() {
        @Override
        public Sender recipient(Account account, String address) {
            return new Sender(address, List.of(new Identity(Identity.PHONE, address, false)), null, null);
        }
    };
    private TestGateway test;
    private String conversation;

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    @DisplayName("a held answer goes out, in its order, as soon as the customer writes again")
    void heldAnswerShouldWaitForTheCustomer() throws Exception {
        start(Map.of(ClosedWindow.THEN.name(), Then.HOLD));
        answers("first");
        answers("second");
        TestGateway.await("word at the desk", () -> told("it waits until the customer writes.") == 2);
        TestGateway.await("the attempt", () -> waiting().equals("window-closed"));
        assertThat(shop.sent).isEmpty();
        writes("m2", "still there");
        TestGateway.await("both", () -> shop.sent.size() == 2);
        assertThat(sent(shop)).containsExactly("[Text first]", "[Text second]");
    }

    @Test
    @DisplayName("a held answer that nobody writes for ends with its deadline, and the desk is told")
    void heldAnswerShouldEnd() throws Exception {
        start(Map.of(ClosedWindow.THEN.name(), Then.HOLD));
        answers("too late");
        TestGateway.await("the attempt", () -> waiting().equals("window-closed"));
        test.clock.move(Duration.ofDays(4));
        TestGateway.await("the end", () -> statuses().contains(Status.FAILED));
        assertThat(shop.sent).isEmpty();
    }

    @Test
    @DisplayName(
            "the template that asks the customer to write goes out once, and what an agent sends as one is not held")
    void templateShouldGoOnce() throws Exception {
        start(Map.of(
                ClosedWindow.THEN.name(), Then.TEMPLATE,
                ClosedWindow.TEMPLATE_NAME.name(), "write_to_us",
                ClosedWindow.LANGUAGE.name(), "de"));
        answers("first");
        answers("second");
        TestGateway.await("the template", () -> shop.sent.size() == 1);
        answer("{\"parts\":[{\"type\":\"template\",\"name\":\"other\",\"language\":\"en\"}]}");
        TestGateway.await("the agent's own", () -> shop.sent.size() == 2);
        assertThat(sent(shop)).containsExactly("[Template write_to_us de]", "[Template other en]");
        writes("m2", "here I am");
        TestGateway.await("both", () -> shop.sent.size() == 4);
        assertThat(sent(shop)).endsWith("[Text first]", "[Text second]");
        test.clock.move(Duration.ofHours(25));
        answers("third");
        TestGateway.await("asked again", () -> shop.sent.size() == 5);
        assertThat(sent(shop)).endsWith("[Template write_to_us de]");
    }

    @Test
    @DisplayName("an answer goes by the other channel to the verified number, and the customer's answer is theirs")
    void fallbackShouldReachTheSamePerson() throws Exception {
        start(Map.of(ClosedWindow.THEN.name(), Then.FALLBACK, ClosedWindow.CHANNEL.name(), "texts"));
        answers("by text");
        TestGateway.await("the text", () -> texts.sent.size() == 1);
        assertThat(((ToCustomer) texts.sent.get(0)).address()).isEqualTo(PHONE);
        TestGateway.await("its status", () -> statuses().contains(Status.SENT));
        assertThat(told("it goes by texts.")).isEqualTo(1);
        assertThat(shop.sent).isEmpty();
        post(
                "texts",
                new Sender(PHONE, List.of(new Identity(Identity.PHONE, PHONE, false)), null, null),
                "t1",
                "thanks");
        TestGateway.await("two conversations", () -> conversations().size() == 2);
        assertThat(conversations().stream()
                        .map(one -> one.path("contact").asText())
                        .distinct())
                .hasSize(1);
        // a consent taken back there is heeded
        test.gateway.store().writeAndWait(tx -> {
            String contact = conversations().get(0).path("contact").asText();
            return tx.consents()
                    .state("texts", contact, new Statement(Purpose.SERVICE, false, Source.API, "a test"), 1);
        });
        answers("not wanted");
        TestGateway.await("the refusal", () -> statuses().contains(Status.FAILED));
        assertThat(texts.sent).hasSize(1);
    }

    @Test
    @DisplayName("without the tag of consent nobody is written to elsewhere, and the reason is told")
    void fallbackShouldAskForConsent() throws Exception {
        start(Map.of(
                ClosedWindow.THEN.name(), Then.FALLBACK,
                ClosedWindow.CHANNEL.name(), "texts",
                ClosedWindow.CONSENT.name(), "sms-ok"));
        answers("no consent");
        TestGateway.await("the refusal", () -> statuses().contains(Status.FAILED));
        assertThat(test.admin("/api/v1/deliveries").toString())
                .contains("window-closed", "by texts the customer cannot or must not be reached");
        assertThat(texts.sent).isEmpty();
    }

    @Test
    @DisplayName("in quiet hours nobody is written to elsewhere")
    void fallbackShouldWaitForTheMorning() throws Exception {
        LocalTime now = LocalTime.now(ZoneOffset.UTC);
        start(Map.of(
                ClosedWindow.THEN.name(),
                Then.FALLBACK,
                ClosedWindow.CHANNEL.name(),
                "texts",
                ClosedWindow.QUIET.name(),
                new QuietHours(now.minusHours(2), now.plusHours(6), ZoneId.of("UTC"))));
        answers("good night");
        TestGateway.await("word at the desk", () -> told("it goes by texts.") == 1);
        assertThat(texts.sent).isEmpty();
        test.clock.move(Duration.ofHours(7));
        TestGateway.await("the morning", () -> texts.sent.size() == 1);
    }

    @Test
    @DisplayName("where nothing is said, the answer is refused and the desk told")
    void otherwiseItShouldBeRefused() throws Exception {
        start(Map.of());
        answers("too late");
        TestGateway.await("the refusal", () -> statuses().contains(Status.FAILED));
        assertThat(shop.sent).isEmpty();
    }

    private void start(Map<String, Object> window) throws Exception {
        test = new TestGateway(
                data,
                situation -> VIP,
                shop,
                new TestDesk(),
                setup -> new Setup(
                        setup.settings(),
                        new ConfiguredAccounts(
                                Map.of(
                                        "shop", with(setup.accounts().channels().get("shop"), window),
                                        "texts", TestGateway.configured("texts", texts, "secret of texts")),
                                setup.accounts().desks(),
                                setup.accounts().policy()),
                        setup.rules(),
                        setup.routes(),
                        setup.key(),
                        setup.adminToken(),
                        setup.environment()));
        writes("m1", "hello");
        TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
        conversation = conversations().get(0).path("id").asText();
        test.clock.move(Duration.ofHours(25));
    }

    private static ConfiguredAccount with(ConfiguredAccount channel, Map<String, Object> more) {
        Account account = channel.account();
        Map<String, Object> values = new HashMap<>(account.values());
        values.putAll(more);
        return new ConfiguredAccount(
                new Account(account.side(), account.id(), account.kind(), values, false, account.home()),
                channel.connector());
    }

    private void writes(String id, String text) {
        post(
                "shop",
                new Sender(
                        "ana",
                        List.of(new Identity("test", "ana", true), new Identity(Identity.PHONE, PHONE, true)),
                        null,
                        null),
                id,
                text);
    }

    private void post(String channel, Sender sender, String id, String text) {
        String body = "["
                + Json.write(
                        MessageReceived.of(id, test.clock.instant(), sender, id, List.of(new Part.Text(text)), null))
                + "]";
        assertThat(test.post(
                        "/channels/" + channel,
                        body,
                        TestChannel.sign("secret of " + channel, body.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(200);
    }

    private void answers(String text) {
        answer("{\"text\":\"" + text + "\"}");
    }

    private void answer(String body) {
        assertThat(test.admin(
                                "POST",
                                "/api/v1/conversations/" + conversation + "/messages",
                                body,
                                "Idempotency-Key",
                                UUID.randomUUID().toString())
                        .statusCode())
                .isEqualTo(202);
    }

    private List<JsonNode> conversations() {
        List<JsonNode> all = new ArrayList<>();
        test.admin("/api/v1/conversations").path("conversations").forEach(all::add);
        return all;
    }

    private String waiting() {
        return test.admin("/api/v1/deliveries?state=retry")
                .at("/deliveries/0/reason")
                .asText();
    }

    private List<Status> statuses() {
        return notices().stream()
                .filter(notice -> notice.type() == DeskNotice.Type.DELIVERY_UPDATED)
                .map(notice -> notice.data().message().status())
                .toList();
    }

    private long told(String end) {
        return notices().stream()
                .filter(notice -> String.valueOf(notice.data().detail()).endsWith(end))
                .count();
    }

    private List<DeskNotice> notices() {
        return test.desk.sent.stream()
                .map(ToDesk.class::cast)
                .map(ToDesk::notice)
                .toList();
    }

    private static List<String> sent(TestChannel channel) {
        return channel.sent.stream()
                .map(ToCustomer.class::cast)
                .map(message -> message.parts().stream()
                        .map(part -> part instanceof Part.Text text
                                ? "Text " + text.text()
                                : part instanceof Part.Template template
                                        ? "Template " + template.name() + " " + template.language()
                                        : part.toString())
                        .toList()
                        .toString())
                .toList();
    }
}
