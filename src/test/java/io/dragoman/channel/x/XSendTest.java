// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.TestClock;
import io.dragoman.connector.Account;
import io.dragoman.connector.Budget;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Part.Text;
import io.dragoman.model.Reason;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.x.XSimulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent to X, at its simulator, which checks every signature. */
final class XSendTest {
    private final X x = new X();
    private final CountingTransport wire = new CountingTransport();

    /** Counts what is spent. */
    private static final class CountingTransport extends PlainTransport {
        final Map<String, Integer> used = new HashMap<>();

        @Override
        public Optional<Budget> spend(Account account, List<Budget> budgets, int uses) {
            Optional<Budget> exhausted = budgets.stream()
                    .filter(one -> used.getOrDefault(one.name(), 0) + uses > one.most())
                    .findFirst();
            if (exhausted.isEmpty()) {
                budgets.forEach(one -> used.merge(one.name(), uses, Integer::sum));
            }
            return exhausted;
        }

        @Override
        public void refund(Account account, List<Budget> budgets, int uses) {
            budgets.forEach(one -> used.merge(one.name(), -uses, Integer::sum));
        }
    }

    private Outcome send(Account account, String to, Part... parts) {
        return x.send(account, XAccounts.message(to, parts), wire);
    }

    private static String mentioned(XSimulator simulator, FakeProvider gateway, String text) throws Exception {
        simulator.customerMentions(gateway.baseUrl(), "Ana", text, null);
        List<String> bodies = gateway.bodies();
        return Json.tree(bodies.get(bodies.size() - 1).getBytes(StandardCharsets.UTF_8))
                .at("/data/payload/id")
                .asText();
    }

    @Test
    void directMessageReachesThePersonByItsId() {
        try (XSimulator simulator = new XSimulator(0)) {
            String ana = simulator.userId("Ana");
            Outcome outcome = send(XAccounts.of(simulator), ana, new Text("สวัสดี 👋🏽 & <b>"));
            Outcome group = send(XAccounts.of(simulator), "group:777", new Text("all"));
            assertThat(simulator.delivered())
                    .extracting(Delivered::customer, Delivered::content)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("Ana", "สวัสดี 👋🏽 & <b>"),
                            org.assertj.core.groups.Tuple.tuple("777", "all"));
            assertThat(outcome)
                    .isEqualTo(new Outcome.Sent(simulator.delivered().get(0).id()));
            assertThat(group).isInstanceOf(Outcome.Sent.class);
        }
    }

    @Test
    void twoRequestsNeverHaveTheSameNonce() {
        try (XSimulator simulator = new XSimulator(0)) {
            for (int i = 0; i < 20; i++) {
                assertThat(send(XAccounts.of(simulator), "222", new Text("n" + i)))
                        .isInstanceOf(Outcome.Sent.class);
            }
        }
    }

    @Test
    void answerStandsBelowTheMentionThatItNames() throws Exception {
        try (XSimulator simulator = new XSimulator(0);
                FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            String first = mentioned(simulator, gateway, "hey @shop");
            String second = mentioned(simulator, gateway, "@shop again");
            Account account = XAccounts.of(simulator);
            x.send(
                    account,
                    XAccounts.message("public:" + first, new Text("one")).answering(second),
                    wire);
            send(account, "public:" + first, new Text("two"));
            assertThat(bodies())
                    .extracting(body -> body.at("/reply/in_reply_to_tweet_id").asText())
                    .containsExactly(second, first);
            assertThat(simulator.delivered()).extracting(Delivered::content).containsExactly("one", "two");
            assertThat(x.answersLatest("public:" + first)).isTrue();
            assertThat(x.answersLatest("222")).isFalse();
        }
    }

    private List<JsonNode> bodies() throws Exception {
        List<JsonNode> bodies = new ArrayList<>();
        for (HttpCall call : wire.calls()) {
            bodies.add(Json.tree(call.body().source().open().readAllBytes()));
        }
        return bodies;
    }

    @Test
    void longPublicAnswerIsSplitByWeightsAndTaken() throws Exception {
        try (XSimulator simulator = new XSimulator(0);
                FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            String post = mentioned(simulator, gateway, "hey @shop");
            Account account = XAccounts.of(simulator);
            String text = "日本語の長い返事です。".repeat(30);
            List<List<Part>> steps = Rendering.plan(x.limits(account, "public:" + post), List.of(new Text(text)))
                    .steps();
            assertThat(steps).hasSize(3);
            for (List<Part> step : steps) {
                assertThat(send(account, "public:" + post, step.get(0))).isInstanceOf(Outcome.Sent.class);
            }
            assertThat(send(account, "public:" + post, new Text("あ".repeat(141))))
                    .isInstanceOf(Outcome.Refused.class);
            assertThat(Rendering.plan(x.limits(account, "222"), List.of(new Text(text)))
                            .steps())
                    .hasSize(1);
        }
    }

    @Test
    void pictureIsUploadedForWhereItGoes() throws Exception {
        Media photo = new Media(MediaKind.IMAGE, "image/png", "a.png", 3L, null, "m-1", null);
        wire.put("m-1", new byte[] {1, 2, 3});
        try (XSimulator simulator = new XSimulator(0);
                FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            Account account = XAccounts.of(simulator);
            assertThat(send(account, "222", photo, new Text("see"))).isInstanceOf(Outcome.Sent.class);
            assertThat(send(account, "222", photo)).isInstanceOf(Outcome.Sent.class);
            String post = mentioned(simulator, gateway, "hey @shop");
            assertThat(send(account, "public:" + post, photo, new Text("here"))).isInstanceOf(Outcome.Sent.class);
            assertThat(simulator.delivered())
                    .extracting(Delivered::content)
                    .containsExactly("[image] see", "[image]", "[image] here");
        }
    }

    @Test
    void uploadThatIsLostIsTriedAgainAndNothingIsInDoubt() {
        wire.put("m-1", new byte[] {1});
        Media photo = new Media(MediaKind.IMAGE, "image/png", "a.png", 1L, null, "m-1", null);
        try (FakeProvider provider = FakeProvider.answering(500, Map.of(), "")) {
            assertThat(send(XAccounts.at(provider.baseUrl()), "222", photo)).isInstanceOf(Outcome.Retry.class);
            assertThat(send(XAccounts.at(provider.baseUrl()), "222", new Text("a")))
                    .isInstanceOf(Outcome.Uncertain.class);
        }
    }

    @Test
    void windowOfTheLimitIsWaitedOut() {
        TestClock clock = TestClock.running();
        try (XSimulator simulator = new XSimulator(0, clock, 2)) {
            Account account = XAccounts.of(simulator);
            send(account, "222", new Text("1"));
            send(account, "222", new Text("2"));
            assertThat(send(account, "222", new Text("3"))).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
                assertThat(retry.reason()).isEqualTo(Reason.THROTTLED);
                assertThat(retry.after())
                        .isBetween(
                                Duration.ofMinutes(14), Duration.ofMinutes(15).plusSeconds(2));
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "403 | {\"errors\":[{\"code\":349,\"message\":\"m\"}]} | RECIPIENT_OPTED_OUT | RECIPIENT_OPTED_OUT",
                "403 | {\"errors\":[{\"code\":150}]} | RECIPIENT_OPTED_OUT | RECIPIENT_OPTED_OUT",
                "403 | {\"errors\":[{\"code\":326}]} | ACCOUNT_BLOCKED | ACCOUNT_BLOCKED",
                "403 | {\"errors\":[{\"code\":187}]} | CONTENT_REFUSED | CONTENT_REFUSED",
                "403 | {\"title\":\"Forbidden\",\"type\":\"about:blank\"} | RECIPIENT_OPTED_OUT | CONTENT_REFUSED",
                "403 | {\"type\":\"https://api.x.com/2/problems/oauth1-permissions\"} | AUTHENTICATION_FAILED | AUTHENTICATION_FAILED",
                "403 | {\"type\":\"https://api.x.com/2/problems/client-forbidden\"} | AUTHENTICATION_FAILED | AUTHENTICATION_FAILED",
                "403 | no json | AUTHENTICATION_FAILED | AUTHENTICATION_FAILED",
                "402 | {\"title\":\"CreditsDepleted\"} | ACCOUNT_BLOCKED | ACCOUNT_BLOCKED",
                "401 | {} | AUTHENTICATION_FAILED | AUTHENTICATION_FAILED",
                "404 | {} | RECIPIENT_UNKNOWN | RECIPIENT_UNKNOWN",
                "400 | {} | CONTENT_REFUSED | CONTENT_REFUSED",
            })
    void refusalHasItsReason(int status, String body, Reason direct, Reason post) {
        try (FakeProvider provider = FakeProvider.answering(status, Map.of(), body)) {
            Account account = XAccounts.at(provider.baseUrl());
            assertThat(send(account, "222", new Text("a")))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(direct));
            assertThat(send(account, "public:1", new Text("a")))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(post));
        }
    }

    @Test
    void budgetIsCountedBeforeAndGivenBackWhereNothingWasSent() {
        try (XSimulator simulator = new XSimulator(0)) {
            simulator.customerCloses("Bo");
            Account account = XAccounts.of(simulator, "paid.sendsPerDay", "2", "paid.sendsPerMonth", "50");
            assertThat(send(account, simulator.userId("Bo"), new Text("a"))).isInstanceOf(Outcome.Refused.class);
            assertThat(wire.used).containsEntry("paid.sendsPerDay", 0);
            send(account, "222", new Text("1"));
            send(account, "222", new Text("2"));
            Outcome third = send(account, "222", new Text("3"));
            assertThat(third).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
                assertThat(retry.reason()).isEqualTo(Reason.BUDGET_EXHAUSTED);
                assertThat(retry.detail()).startsWith("paid.sendsPerDay: 2 is reached until 2");
                assertThat(retry.after()).isLessThanOrEqualTo(Duration.ofHours(1));
            });
            assertThat(simulator.delivered()).hasSize(2);
            assertThat(wire.used).containsEntry("paid.sendsPerMonth", 2);
        }
    }

    @Test
    void whatMayBeOutIsNotGivenBack() {
        try (FakeProvider provider = FakeProvider.answering(500, Map.of(), "")) {
            Map<String, String> texts = new HashMap<>(Map.of("paid.sendsPerDay", "1"));
            XAccounts.at(provider.baseUrl())
                    .values()
                    .forEach((name, value) -> texts.putIfAbsent(
                            name,
                            value instanceof io.dragoman.connector.Secret secret
                                    ? secret.value()
                                    : value.toString().toLowerCase(java.util.Locale.ROOT)));
            texts.remove("backfill");
            Account account = XAccounts.of(texts);
            assertThat(send(account, "222", new Text("1"))).isInstanceOf(Outcome.Uncertain.class);
            assertThat(wire.used).containsEntry("paid.sendsPerDay", 1);
        }
    }

    @Test
    void pictureOfADirectMessageIsAskedForAtTheApiAndNowhereElseWithCredentials() throws Exception {
        try (XSimulator simulator = new XSimulator(0);
                FakeProvider elsewhere = FakeProvider.answering(200, Map.of(), "");
                FakeProvider gateway = FakeProvider.answering(200, Map.of(), "")) {
            simulator.customerSendsPicture(gateway.baseUrl(), "Ana", new byte[] {1, 2, 3});
            String source = Json.tree(gateway.bodies().get(0).getBytes(StandardCharsets.UTF_8))
                    .at(
                            "/data/payload/direct_message_events/0/message_create/message_data/attachment/media/media_url_https")
                    .asText();
            Outcome fetched = fetch(simulator, source);
            assertThat(fetched).isInstanceOf(Outcome.Fetched.class);
            assertThat(wire.kept(((Outcome.Fetched) fetched).blob().sha256())).containsExactly(1, 2, 3);
            assertThat(fetch(simulator, source.replaceAll("photo.jpg", "gone.jpg")))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(Reason.MEDIA_REFUSED));
            fetch(simulator, elsewhere.baseUrl() + URI.create(source).getPath());
            assertThat(wire.calls().get(wire.calls().size() - 1).authorization())
                    .isNull();
        }
    }

    private Outcome fetch(XSimulator simulator, String source) {
        Media media = Media.incoming(MediaKind.IMAGE, null, null, null, source);
        return x.fetch(XAccounts.of(simulator), media, new XTest().request(), wire);
    }

    @Test
    void personIsWrittenToFirstByTheIdThatTheirAnswerHas() throws Exception {
        assertThat(x.recipient(XAccounts.at(URI.create("http://127.0.0.1:9")), " 2244994945 "))
                .isEqualTo(XPlace.direct("2244994945").sender("2244994945", null));
    }
}
