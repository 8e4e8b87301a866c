// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.instagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Text;
import io.dragoman.model.Reason;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.instagram.InstagramSimulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out, to an API that checks it as Instagram does. */
final class InstagramSendTest {
    private final InstagramSimulator meta = new InstagramSimulator(0);
    private final Instagram instagram = new Instagram();
    private final Account account = InstagramAccounts.of(meta.settings());
    private final PlainTransport transport = new PlainTransport();

    @AfterEach
    void close() {
        meta.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain ", "გამარჯობა ", "👍🏽", "é", "สวัสดี"})
    void longTextIsCutByItsBytes(String piece) {
        String text = piece.repeat(700);
        Rendering.Plan plan = Rendering.plan(instagram.limits(account), List.of(new Text(text)));
        for (List<Part> step : plan.steps()) {
            assertThat(send(account, "IGSID1", step.get(0), null)).isInstanceOf(Outcome.Sent.class);
        }
        String all = String.join(
                "", meta.delivered().stream().map(Delivered::content).toList());
        assertThat(all.replace(" ", "")).isEqualTo(text.replace(" ", ""));
    }

    @Test
    void eachLoginHasItsAddress() throws Exception {
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{\"message_id\":\"m\"}")) {
            Map<String, String> texts = new HashMap<>(meta.settings());
            texts.putAll(Map.of(
                    "login",
                    "facebook",
                    "pageId",
                    "1045",
                    "baseUrl",
                    provider.baseUrl().toString()));
            assertThat(send(InstagramAccounts.of(texts), "IGSID1", new Text("hi"), null))
                    .isEqualTo(new Outcome.Sent("m"));
            assertThat(transport.calls().get(0).uri().getPath()).isEqualTo("/v25.0/1045/messages");
        }
        Map<String, String> usual = new HashMap<>(meta.settings());
        usual.remove("baseUrl");
        assertThat(instagram.api(InstagramAccounts.of(usual), transport).base())
                .isEqualTo(URI.create("https://graph.instagram.com"));
        usual.put("login", "facebook");
        assertThat(instagram.problems(InstagramAccounts.of(usual)))
                .containsExactly("pageId is missing. It is required with login: facebook.");
        usual.put("pageId", "1045");
        assertThat(instagram.problems(InstagramAccounts.of(usual))).isEmpty();
        assertThat(instagram.api(InstagramAccounts.of(usual), transport).base())
                .isEqualTo(URI.create("https://graph.facebook.com"));
    }

    @Test
    void typingIsShownInMessagesAloneWhereItIsAskedFor() {
        Map<String, String> texts = new HashMap<>(meta.settings());
        texts.put("typing", "true");
        Account typing = InstagramAccounts.of(texts);
        for (String address : List.of("public:17", "IGSID1")) {
            assertThat(instagram.markRead(typing, new Outbound.ReadReceipt("k", address, "m_1"), transport))
                    .isEqualTo(new Outcome.Sent(null));
        }
        assertThat(meta.seen()).containsExactly("IGSID1");
        assertThat(meta.typing()).containsExactly("IGSID1");
        instagram.markRead(account, new Outbound.ReadReceipt("k", "IGSID2", "m_2"), transport);
        assertThat(meta.typing()).containsExactly("IGSID1");
    }

    @Test
    void commentIsAnsweredBelowIt() throws Exception {
        String root = commented();
        assertThat(instagram.limits(account, "public:" + root).replyWindow()).isNull();
        Outcome outcome = send(account, "public:" + root, new Text("90 euros"), "99");
        assertThat(outcome).isEqualTo(new Outcome.Sent(meta.delivered().get(0).id()));
        assertThat(meta.delivered().get(0).content()).isEqualTo("[public] 90 euros");
        assertThat(instagram.markRead(account, new Outbound.ReadReceipt("k", "public:" + root, root), transport))
                .isEqualTo(new Outcome.Sent(null));
        assertThat(meta.seen()).isEmpty();
        assertThat(instagram.lookUp(
                        account, message("public:" + root, new Text("x"), null), Instant.EPOCH, id -> false, transport))
                .isInstanceOf(DeliveryLookup.Unknown.class);
    }

    @Test
    void commentIsAnsweredPrivatelyOnce() throws Exception {
        Map<String, String> texts = new HashMap<>(meta.settings());
        texts.put("commentAnswers", "private");
        Account discreet = InstagramAccounts.of(texts);
        String root = commented();
        assertThat(send(discreet, "public:" + root, new Text("90 euros"), null)).isInstanceOf(Outcome.Sent.class);
        assertThat(meta.delivered().get(0).customer()).isEqualTo("ana");
        assertThat(send(discreet, "public:" + root, new Text("or 80"), null))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.WINDOW_CLOSED);
                    assertThat(refused.detail()).contains("once");
                });
    }

    @Test
    void mentionIsAnsweredWhereItIs() throws Exception {
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{\"id\":\"55\"}")) {
            Account elsewhere = InstagramAccounts.account(provider.baseUrl().toString());
            assertThat(send(elsewhere, "public:mention_901_1803", new Text("thanks"), "mention_901_1803"))
                    .isEqualTo(new Outcome.Sent("55"));
            assertThat(transport.calls().get(0).uri().getPath()).isEqualTo("/v25.0/1784/mentions");
            assertThat(Json.tree(provider.bodies().get(0).getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(Json.tree("{\"media_id\":\"901\",\"message\":\"thanks\",\"comment_id\":\"1803\"}"
                            .getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void oddAddressIsRefusedUnasked() {
        assertThat(send(account, "public:../me", new Text("x"), null)).isInstanceOf(Outcome.Refused.class);
        assertThat(transport.calls()).isEmpty();
    }

    private String commented() throws Exception {
        try (FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            return meta.customerComments(gateway.baseUrl(), "ana", "how much?", null);
        }
    }

    private Outcome send(Account from, String address, Part part, @Nullable String replyTo) {
        return instagram.send(from, message(address, part, replyTo), transport);
    }

    private static ToCustomer message(String address, Part part, @Nullable String replyTo) {
        return new ToCustomer("d-1", "m-1", "c-1", address, List.of(part), replyTo, null, List.of(), "Mara", false);
    }
}
