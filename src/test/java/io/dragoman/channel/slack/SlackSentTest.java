// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.DeliveryLookup.Absent;
import io.dragoman.connector.DeliveryLookup.Answer;
import io.dragoman.connector.DeliveryLookup.Found;
import io.dragoman.connector.DeliveryLookup.Unknown;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Part.Text;
import io.dragoman.model.Reason;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.slack.SlackSimulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent to Slack, at its simulator: files, and what is known of it when no answer came. */
final class SlackSentTest {
    private static final byte[] PDF = "%PDF-1.7".getBytes(StandardCharsets.US_ASCII);
    private static final Media FILE =
            new Media(MediaKind.FILE, "application/pdf", "a b.pdf", (long) PDF.length, null, "stored", null);
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));

    private final Slack slack = new Slack(Duration.ZERO);
    private final SlackSimulator simulator = new SlackSimulator(0);
    private final PlainTransport wire = new PlainTransport();
    private final Instant begun = Instant.now();

    SlackSentTest() {
        wire.put("stored", PDF);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private Account account() {
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : slack.settings()) {
            String text = simulator.settings().getOrDefault(setting.name(), setting.fallback());
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(Side.CHANNEL, "shop", "slack", values, false, HOME);
    }

    private static ToCustomer message(String key, String to, Part... parts) {
        return new ToCustomer(key, "m-1", "c-1", to, List.of(parts), null, null, List.of(), "Mara", false);
    }

    private Outcome send(ToCustomer message) {
        return slack.send(account(), message, wire);
    }

    private Answer lookUp(ToCustomer message, String... known) {
        return slack.lookUp(account(), message, begun, List.of(known)::contains, wire);
    }

    @Test
    void fileIsUploadedThenSharedWithItsTextBelowTheThread() {
        assertThat(send(message("d-1", "C1/1790000000.000200", FILE, new Text("see <here>"))))
                .isEqualTo(new Outcome.Sent(null));
        assertThat(simulator.delivered())
                .extracting(Delivered::customer, Delivered::content)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("C1", "[file] a b.pdf see <here>"));
        List<HttpCall> calls = wire.calls();
        assertThat(calls)
                .extracting(call -> call.uri().getPath().replaceAll("/F\\d+", "/F"))
                .containsExactly(
                        "/api/files.getUploadURLExternal", "/upload/v1/F", "/api/files.completeUploadExternal");
        assertThat(calls.get(1).authorization())
                .describedAs("the token goes to the API alone")
                .isNull();
    }

    @Test
    void whatIsNotSharedYetMayBeSentAgain() {
        simulator.answerNext(500, Map.of(), "");
        assertThat(send(message("d-1", "D7", FILE))).isInstanceOf(Outcome.Retry.class);
        simulator.answerNext(200, Map.of(), "{\"ok\":true,\"file_id\":\"F1\",\"upload_url\":\"http://10.0.0.1/x\"}");
        assertThat(send(message("d-1", "D7", FILE))).isInstanceOf(Outcome.Retry.class);
        assertThat(simulator.delivered()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "file_upload_size_restricted,TOO_LARGE",
        "file_uploads_disabled,MEDIA_REFUSED",
        "missing_scope,AUTHENTICATION_FAILED"
    })
    void refusedFileHasItsReason(String error, Reason reason) {
        simulator.answerNext(200, Map.of(), "{\"ok\":false,\"error\":\"" + error + "\"}");
        assertThat(send(message("d-1", "D7", FILE)))
                .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    @Test
    void messageIsFoundByItsKeyAndOneWithTheSameWordsIsAnother() {
        ToCustomer sent = message("d-1", "D7", new Text("hello"));
        Outcome.Sent outcome = (Outcome.Sent) send(sent);
        assertThat(lookUp(sent)).isEqualTo(new Found(outcome.externalId()));
        assertThat(lookUp(message("d-2", "D7", new Text("hello")))).isInstanceOf(Absent.class);
        assertThat(lookUp(message("d-1", "D8", new Text("hello")))).isInstanceOf(Absent.class);
    }

    @Test
    void answerInAThreadIsLookedForThere() {
        String root = ((Outcome.Sent) send(message("d-0", "C1", new Text("root"))))
                .externalId()
                .substring(3);
        for (int i = 0; i < 120; i++) { // more than a page
            send(message("other-" + i, "C1/" + root, new Text("hello")));
        }
        ToCustomer sent = message("d-1", "C1/" + root, new Text("hello"));
        Outcome.Sent outcome = (Outcome.Sent) send(sent);
        assertThat(lookUp(sent)).isEqualTo(new Found(outcome.externalId()));
        assertThat(lookUp(message("d-1", "C1", new Text("hello"))))
                .describedAs("the channel's own history has no answers")
                .isInstanceOf(Absent.class);
    }

    @Test
    void fileIsFoundByNameAndSizeUnlessItIsAnotherMessage() {
        ToCustomer sent = message("d-1", "D7", FILE);
        assertThat(lookUp(sent)).describedAs("Slack may still look for malware").isInstanceOf(Unknown.class);
        send(sent);
        String id = simulator.delivered().get(0).id();
        assertThat(lookUp(sent)).isEqualTo(new Found(id));
        assertThat(lookUp(sent, id)).isInstanceOf(Unknown.class);
    }

    @Test
    void tokenThatMayNotReadIsNotAskedAgain() {
        simulator.answerNext(200, Map.of(), "{\"ok\":false,\"error\":\"missing_scope\",\"needed\":\"im:history\"}");
        assertThat(lookUp(message("d-1", "D7", new Text("hello")))).isInstanceOfSatisfying(Unknown.class, unknown -> {
            assertThat(unknown.later()).isNull();
            assertThat(unknown.detail()).contains("im:history");
        });
        simulator.answerNext(500, Map.of(), "");
        assertThat(lookUp(message("d-1", "D7", new Text("hello"))))
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.later()).isNotNull());
    }

    @Test
    void planHasAManifestWithTheAddressAndNoSecret() throws Exception {
        WebhookSetup.Plan plan = slack.plan(account());
        assertThat(plan.automatic()).isFalse();
        String step = plan.steps().get(0);
        JsonNode manifest = Json.tree(step.substring(step.indexOf('{')).getBytes(StandardCharsets.UTF_8));
        String address = "https://chat.example.com/channels/shop";
        assertThat(manifest.at("/settings/event_subscriptions/request_url").asText())
                .isEqualTo(address);
        assertThat(manifest.at("/settings/interactivity/request_url").asText()).isEqualTo(address);
        assertThat(manifest.at("/oauth_config/scopes/bot").toString()).contains("files:write", "im:history");
        assertThat(plan.toString()).doesNotContain(simulator.settings().get("botToken"));
    }
}
