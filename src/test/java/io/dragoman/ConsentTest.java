// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.rules.RuleBook;
import io.dragoman.store.TestStore;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a customer consents to and withdraws, in a whole gateway. */
final class ConsentTest {
    private static final String API = "/api/v1/";

    private static final String RULES = """
            rules:
              - {name: Greets, reply: hello}
              - {name: Sells, on: {closed: 1h}, reply: sale}
            guard: {perContact: 100, perConversation: 100}
            """;
    private static final String REPLIES = """
            replies:
              hello: {en: Hello}
              sale: {purpose: marketing, en: Buy}
            """;
    private static final String SURVEYS = "surveys: {happy: {kind: csat, text: Content?, after: 10m}}";

    @TempDir
    private Path data;

    private TestGateway test;
    private int keys;

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void whatIsSaidShouldBeKeptWithTimeSourceAndReasonAndShown() throws Exception {
        start();
        writes("hi", null);
        String contact = contact();
        assertThat(post(
                        "consent",
                        "{\"purpose\":\"marketing\",\"given\":true,\"source\":\"import\",\"why\":\"form of 2 May\"}"))
                .isEqualTo(200);
        assertThat(post("consent", "{\"purpose\":\"survey\",\"given\":false,\"channel\":\"shop\"}"))
                .isEqualTo(200);
        JsonNode shown = test.admin(API + "contacts/" + contact);
        assertThat(lines(shown.path("consents")))
                .containsExactly("shop marketing true import form of 2 May", "shop survey false api by an operator");
        writes("STOP", Consent.OPTED_OUT);
        TestGateway.await(
                "the stop", () -> lines(standing()).contains("shop service false keyword asked not to be written to"));
        assertThat(lines(standing())).contains("shop marketing false keyword asked not to be written to");
        writes("START", Consent.OPTED_IN);
        TestGateway.await("the start", () -> lines(standing())
                .contains("shop service true keyword asked to be written to again"));
        assertThat(lines(standing()))
                .as("not with it")
                .contains("shop marketing false keyword asked not to be written to");
        assertThat(test.admin(API + "contacts/" + contact + "/consent").path("history"))
                .hasSize(5);
        assertThat(test.admin(API + "contacts/" + contact + "/export").path("consents"))
                .hasSize(5);
        assertThat(test.admin(API + "audit?action=contact.consent").toString())
                .contains("marketing given: shop", "survey withdrawn: shop");
        assertThat(test.admin(API + "contacts/" + contact + "/timeline?work=false")
                        .toString())
                .contains(
                        "\"kind\":\"consent\"",
                        "\"what\":\"withdrawn\"",
                        "\"name\":\"survey\"",
                        "form of 2 May (import)");
    }

    @Test
    void whatCannotBeNotedShouldBeSaid() throws Exception {
        start();
        writes("hi", null);
        contact();
        assertThat(post("consent", "{\"purpose\":\"sale\",\"given\":true}")).isEqualTo(400);
        assertThat(post("consent", "{\"purpose\":\"survey\"}")).isEqualTo(400);
        assertThat(post("consent", "{\"given\":true}")).isEqualTo(400);
        assertThat(post("consent", "{\"purpose\":\"survey\",\"given\":true,\"source\":\"dream\"}"))
                .isEqualTo(400);
        assertThat(post("consent", "{\"purpose\":\"survey\",\"given\":true,\"channel\":\"other\"}"))
                .isEqualTo(409);
        assertThat(test.admin("POST", API + "contacts/none/consent", "{\"purpose\":\"survey\",\"given\":true}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(test.admin("GET", API + "contacts/none/consent", null).statusCode())
                .isEqualTo(404);
        assertThat(standing()).isEmpty();
    }

    @Test
    void surveyShouldNotGoToWhoWithdrewAndSayWhy() throws Exception {
        start();
        served();
        post("consent", "{\"purpose\":\"survey\",\"given\":false}");
        test.clock.move(Duration.ofMinutes(11));
        TestGateway.await("its end", () -> reasons()
                .contains("the survey is not sent: the customer withdrew their consent to survey"));
        assertThat(sent("Content?")).isZero();
        writes("hi again", null);
        TestGateway.await("answers go on", () -> sent("Hello") == 2);
    }

    @Test
    void marketingShouldNeedItsConsent() throws Exception {
        start();
        served();
        test.clock.move(Duration.ofMinutes(61));
        TestGateway.await("the decision", () -> decisions().contains("has not consented to marketing"));
        assertThat(sent("Buy")).isZero();
        post("consent", "{\"purpose\":\"marketing\",\"given\":true}");
        served();
        test.clock.move(Duration.ofMinutes(61));
        TestGateway.await("the reply", () -> sent("Buy") == 1);
    }

    @Test
    void replyThatWaitsShouldNotGoToWhoWithdrewMeanwhile() throws Exception {
        start(RULES + "quiet: {hours: \"00:00-23:59\"}\n");
        served();
        post("consent", "{\"purpose\":\"marketing\",\"given\":true}");
        test.clock.move(Duration.ofMinutes(61));
        TestGateway.await("that it waits", () -> decisions().contains("is sent in 'en' at"));
        post("consent", "{\"purpose\":\"marketing\",\"given\":false}");
        test.clock.move(Duration.ofDays(1));
        TestGateway.await("its end", () -> reasons()
                .contains("the reply that waited is not sent: the customer withdrew their consent to marketing"));
        assertThat(sent("Buy")).isZero();
    }

    @Test
    void replayShouldLeaveOutWhoOptedOutAndSayHowMany() throws Exception {
        start();
        writes("hi", null);
        TestGateway.await("the greeting", () -> sent("Hello") == 1);
        refused(Reason.RECIPIENT_OPTED_OUT, "one");
        refused(Reason.CONTENT_REFUSED, "two");
        assertDone("{\"all\":true,\"dryRun\":true}", 1, 0, 1);
        assertDone("{\"all\":true}", 1, 1, 1);
        TestGateway.await("the other", () -> sent("two") == 1);
        String left = test.admin(API + "dead").at("/deadLetters/0/id").asText();
        post("consent", "{\"purpose\":\"service\",\"given\":false}");
        assertDone("{\"id\":\"" + left + "\"}", 0, 0, 1);
        post("consent", "{\"purpose\":\"service\",\"given\":true}");
        assertDone("{\"all\":true}", 0, 0, 1);
        assertDone("{\"id\":\"" + left + "\"}", 1, 1, 0);
        TestGateway.await("once the customer is back", () -> sent("one") == 1);
    }

    private void assertDone(String body, int matched, int done, int optedOut) throws Exception {
        HttpResponse<String> answer = test.admin("POST", API + "dead/replay", body);
        JsonNode json = Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(List.of(
                        json.path("matched").asInt(),
                        json.path("done").asInt(),
                        json.path("optedOut").asInt()))
                .as(body)
                .containsExactly(matched, done, optedOut);
    }

    private void refused(Reason reason, String text) {
        int before = test.admin(API + "dead").path("count").asInt();
        test.channel.outcomes.add(new Outcome.Refused(reason, "said the provider"));
        answers(text);
        TestGateway.await(
                "the refusal", () -> test.admin(API + "dead").path("count").asInt() == before + 1);
    }

    private void start() throws Exception {
        start(RULES);
    }

    private void start(String rules) throws Exception {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                new RuleFiles(
                        Yaml.read("rules.yaml", rules, problems).orElseThrow(),
                        Yaml.read("replies.yaml", REPLIES, problems).orElseThrow(),
                        null,
                        null,
                        List.of(),
                        Yaml.read("surveys.yaml", SURVEYS, problems).orElseThrow()),
                Set.of("shop"),
                Set.of("desk"),
                problems);
        assertThat(problems.all()).isEmpty();
        test = new TestGateway(data, book);
    }

    private void writes(String text, @Nullable Consent consent) {
        String key = "k" + ++keys;
        String word = consent == null
                ? ""
                : ",\"consent\":\"" + (consent == Consent.OPTED_OUT ? "opted-out" : "opted-in") + "\"";
        assertThat(test.post("[{\"type\":\"message.received\",\"key\":\"" + key + "\",\"at\":\"" + test.clock.instant()
                        + "\","
                        + "\"sender\":{\"address\":\"ana\",\"identities\":[{\"type\":\"test\",\"value\":\"ana\",\"verified\":true}]},"
                        + "\"externalId\":\"" + key + "\",\"parts\":[{\"type\":\"text\",\"text\":\"" + text
                        + "\"}],\"threading\":{\"references\":[]}" + word + "}]"))
                .isEqualTo(200);
    }

    /** Written, answered by a person and closed. */
    private void served() {
        long before = sent("Hello");
        writes("hi", null);
        TestGateway.await("the greeting", () -> sent("Hello") == before + 1);
        answers("here you are");
        act("close", null);
        TestGateway.await("that it is closed", () -> test.admin(API + "conversations")
                .at("/conversations/0/status")
                .asText()
                .equals("closed"));
    }

    private void answers(String text) {
        act("messages", "{\"text\":\"" + text + "\"}");
    }

    private void act(String what, @Nullable String body) {
        String id = test.admin(API + "conversations").at("/conversations/0/id").asText();
        assertThat(test.admin("POST", API + "conversations/" + id + "/" + what, body, "Idempotency-Key", "a" + ++keys)
                        .statusCode())
                .isEqualTo(202);
    }

    private String contact() {
        TestGateway.await(
                "the contact",
                () -> !test.admin(API + "conversations").path("conversations").isEmpty());
        return test.admin(API + "conversations").at("/conversations/0/contact").asText();
    }

    private int post(String what, String body) {
        return test.admin("POST", API + "contacts/" + contact() + "/" + what, body)
                .statusCode();
    }

    private JsonNode standing() {
        return test.admin(API + "contacts/" + contact() + "/consent").path("standing");
    }

    private static List<String> lines(JsonNode said) {
        List<String> lines = new java.util.ArrayList<>();
        said.forEach(one -> lines.add(String.join(
                " ",
                one.path("channel").asText(),
                one.path("purpose").asText(),
                one.path("given").asText(),
                one.path("source").asText(),
                one.path("reason").asText())));
        return lines;
    }

    private long sent(String text) {
        return List.copyOf(test.channel.sent).stream()
                .filter(ToCustomer.class::isInstance)
                .map(one -> ((ToCustomer) one).parts().get(0))
                .filter(part -> part instanceof Part.Text said
                        ? said.text().equals(text)
                        : part instanceof Part.Choices asked && asked.text().equals(text))
                .count();
    }

    private String reasons() {
        return TestStore.sqlite(data).text("SELECT group_concat(reason) FROM event WHERE reason IS NOT NULL");
    }

    private String decisions() {
        return test.gateway.store().read(tx -> tx.decisions().latest(java.time.Instant.EPOCH, "", 50)).stream()
                .map(io.dragoman.store.KeptDecisions.Kept::content)
                .toList()
                .toString();
    }
}
