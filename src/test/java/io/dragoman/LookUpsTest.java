// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.app.explain.Explain;
import io.dragoman.app.explain.StoryText;
import io.dragoman.connector.Account;
import io.dragoman.connector.CustomerLookup;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Transport;
import io.dragoman.model.CustomerOrder;
import io.dragoman.model.Identity;
import io.dragoman.model.Part;
import io.dragoman.rules.RuleBook;
import io.dragoman.store.ErasedRows;
import io.dragoman.store.Erasures.Told;
import io.dragoman.store.LookedUp;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a CRM knows of who wrote, in a whole gateway: asked where it is too old, and never in a message's way. */
final class LookUpsTest {
    private static final String RULES = """
            rules:
              - {name: Gold, when: {if: '"loyalty" in contact.attributes && contact.attributes.loyalty == "gold"'}, reply: gold, stop: true}
              - {name: Tin, when: {if: '"loyalty" in contact.attributes'}, reply: other, stop: true}
              - {name: Nobody, reply: nobody}
            guard: {perConversation: 50, perContact: 50}
            """;
    private static final String REPLIES = """
            replies:
              gold: '{{ message.text }} gold {{ orders[0].number }} {{ orders[0].status }}'
              other: '{{ message.text }} {{ contact.attributes.loyalty }}'
              nobody: '{{ message.text }} nobody'
            """;
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    private Path data;

    private final KnowingChannel channel = new KnowingChannel();
    private TestGateway test;

    /** A channel whose provider can be asked, too. */
    private static final class KnowingChannel extends TestChannel implements CustomerLookup {
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final Queue<CustomerLookup.Answer> answers = new ConcurrentLinkedQueue<>();
        private volatile CountDownLatch hanging = new CountDownLatch(0);
        private volatile CountDownLatch before = new CountDownLatch(0);
        private volatile boolean waits;
        private volatile Thread asking = Thread.currentThread();

        @Override
        public Set<String> askedBy(Account account) {
            await(before);
            return Set.of("email");
        }

        @Override
        public Duration age(Account account) {
            return Duration.ofHours(1);
        }

        @Override
        public Duration bound(Account account) {
            return Duration.ofMillis(300);
        }

        @Override
        public CustomerLookup.Answer ask(Account account, Identity address, Transport transport) {
            asking = Thread.currentThread();
            asked.add(address.value());
            await(hanging);
            CustomerLookup.Answer answer = answers.poll();
            if (answer == null) {
                throw new IllegalStateException("nothing was prepared");
            }
            return answer;
        }

        private void await(CountDownLatch latch) {
            waits |= latch.getCount() > 0;
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @AfterEach
    void stop() {
        channel.before.countDown();
        channel.hanging.countDown();
        test.close();
    }

    @Test
    void whatIsFoundShouldBeInRulesAndRepliesAndBeAskedAgainWhenItIsTooOld() throws Exception {
        start();
        channel.answers.add(found("gold", "paid", AT));
        assertThat(answerTo("m1", true)).isEqualTo("m1 gold #1 paid");
        assertThat(answerTo("m2", true)).isEqualTo("m2 gold #1 paid");
        assertThat(channel.asked).containsExactly("ana@example.org");
        assertThat(story("m1")).contains("shop: found");
        assertThat(story("m2")).contains("shop: found, asked ");
        test.clock.move(Duration.ofHours(2));
        channel.answers.add(found("tin", "paid", AT));
        assertThat(answerTo("m3", true)).isEqualTo("m3 tin");
        assertThat(channel.asked).hasSize(2);
    }

    @Test
    void whoIsUnknownShouldBeAskedAboutAgainSoonAndWhoIsUnsureNever() throws Exception {
        start();
        channel.answers.add(new CustomerLookup.Answer.Unknown());
        assertThat(answerTo("m1", true)).isEqualTo("m1 nobody");
        assertThat(story("m1")).contains("shop: not found");
        test.clock.move(Duration.ofMinutes(6));
        channel.answers.add(found("gold", "paid", AT));
        assertThat(answerTo("m2", true)).isEqualTo("m2 gold #1 paid");
        post("m3", "eve@example.org", false);
        TestGateway.await("m3", () -> sent().contains("m3 nobody"));
        assertThat(channel.asked).containsExactly("ana@example.org", "ana@example.org");
    }

    @Test
    void messageShouldNotWaitBeyondTheBoundAndWhatComesLateShouldCountForTheNext() throws Exception {
        start();
        channel.hanging = new CountDownLatch(1);
        long begun = System.nanoTime();
        assertThat(answerTo("m1", true)).isEqualTo("m1 nobody");
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("of 300 ms, and what a busy machine needs besides")
                .isLessThan(Duration.ofSeconds(20));
        assertThat(story("m1")).contains("shop: no answer in 300 ms");
        channel.answers.add(found("gold", "paid", AT));
        channel.hanging.countDown();
        TestGateway.await("the late answer", () -> test.gateway
                .store()
                .read(tx -> tx.lookedUp().find("shop", "email", "ana@example.org"))
                .isPresent());
        assertThat(answerTo("m2", true)).isEqualTo("m2 gold #1 paid");
        assertThat(channel.asked).hasSize(1);
    }

    @Test
    void whoFailsShouldBeLeftAloneForAWhileAndWhatItSaidBeforeShouldCount() throws Exception {
        start();
        channel.answers.add(found("gold", "paid", AT));
        assertThat(answerTo("m1", true)).isEqualTo("m1 gold #1 paid");
        test.clock.move(Duration.ofHours(2));
        channel.answers.add(new CustomerLookup.Answer.Failed("Acme answered 500"));
        assertThat(answerTo("m2", true)).isEqualTo("m2 gold #1 paid");
        assertThat(story("m2")).contains("shop: failed, Acme answered 500, so what it said 720");
        assertThat(answerTo("m3", true)).isEqualTo("m3 gold #1 paid");
        assertThat(story("m3")).contains("shop: not asked, for it failed shortly before, so what it said");
        assertThat(channel.asked).hasSize(2);
        test.clock.move(Duration.ofMinutes(1));
        channel.answers.add(found("gold", "shipped", AT.plusSeconds(9)));
        assertThat(answerTo("m4", true)).isEqualTo("m4 gold #1 shipped");
    }

    @Test
    void whatComesBackAboutSomebodyErasedMeanwhileShouldNotBeKept() throws Exception {
        start();
        channel.hanging = new CountDownLatch(1);
        assertThat(answerTo("m1", true)).isEqualTo("m1 nobody");
        assertThat(channel.asked).hasSize(1);
        erase();
        answersLate();
        assertThat(kept()).isEmpty();
    }

    @Test
    @DisplayName("nor is what is asked after the erasure because of a message from before it")
    void whatIsAskedForAnErasedMessageShouldNotBeKept() throws Exception {
        start();
        channel.answers.add(new CustomerLookup.Answer.Unknown());
        assertThat(answerTo("m1", true)).isEqualTo("m1 nobody");
        channel.before = new CountDownLatch(1);
        channel.hanging = new CountDownLatch(1);
        post("m2", "ana@example.org", true);
        TestGateway.await("the message at its look-up", () -> channel.waits);
        erase();
        channel.before.countDown();
        TestGateway.await("the question", () -> channel.asked.size() == 2);
        answersLate();
        assertThat(kept()).isEmpty();
    }

    @Test
    @DisplayName("an answer about a customer whom the shop wants erased is not kept, although the conversation stays")
    void whatComesBackAfterTheShopsErasureShouldNotBeKept() throws Exception {
        start();
        channel.hanging = new CountDownLatch(1);
        assertThat(answerTo("m1", true)).isEqualTo("m1 nobody");
        Told told = new Told("shop", List.of("ana@example.org"), List.of(), List.of(), false);
        test.gateway.store().writeAndWait(tx -> {
            tx.erasures().begin("e1", told, "salt", 1);
            tx.erasedRows().erase("e1", told, new ErasedRows.Found(Set.of(), Set.of()), 1);
            return true;
        });
        answersLate();
        assertThat(kept()).isEmpty();
    }

    private void erase() {
        String contact = test.admin("/api/v1/contacts").at("/contacts/0/id").asText();
        assertThat(test.admin("POST", "/api/v1/contacts/" + contact + "/erase", "{}")
                        .statusCode())
                .isEqualTo(202);
        TestGateway.await(
                "the erasure",
                () -> test.gateway.store().read(tx -> tx.erasures().open()).isEmpty());
    }

    /** Lets the account answer, and waits until all that comes of it is written. */
    private void answersLate() {
        Thread asking = channel.asking;
        channel.answers.add(found("gold", "paid", AT));
        channel.hanging.countDown();
        TestGateway.await("the thread to have nothing to do", () -> Stream.of(asking.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("getTask")));
        assertThat(channel.answers).as("it answered").isEmpty();
        test.gateway.store().writeAndWait(tx -> true);
    }

    private Map<String, String> kept() {
        return test.gateway
                .store()
                .read(tx -> tx.lookedUp().find("shop", "email", "ana@example.org"))
                .map(LookedUp.Known::attributes)
                .orElse(Map.of());
    }

    private static CustomerLookup.Answer found(String loyalty, String status, Instant changed) {
        return new CustomerLookup.Answer.Found(
                Map.of("loyalty", loyalty),
                List.of(new CustomerOrder("1", "#1", status, AT, changed, null, null, null, null)));
    }

    private void start() throws Exception {
        Problems problems = new Problems();
        RuleBook book = RuleBook.read(
                RuleFiles.of(
                        Yaml.read("rules.yaml", RULES, problems).orElseThrow(),
                        Yaml.read("replies.yaml", REPLIES, problems).orElseThrow(),
                        null),
                Set.of("shop"),
                Set.of("desk"),
                problems);
        assertThat(problems.all()).isEmpty();
        test = new TestGateway(data, book, channel, new TestDesk(), setup -> setup);
    }

    private String answerTo(String id, boolean verified) {
        post(id, "ana@example.org", verified);
        TestGateway.await(id, () -> sent().stream().anyMatch(one -> one.startsWith(id + " ")));
        return sent().stream()
                .filter(one -> one.startsWith(id + " "))
                .findFirst()
                .orElseThrow();
    }

    private void post(String id, String email, boolean verified) {
        String event = """
                [{"type":"message.received","key":"%s","at":"2026-11-21T10:00:00Z","sender":{"address":"%s",\
                "identities":[{"type":"email","value":"%s","verified":%s}]},"externalId":"%s",\
                "parts":[{"type":"text","text":"%s"}],"threading":{"references":[]}}]""";
        assertThat(test.post(event.formatted(id, email, email, verified, id, id)))
                .isEqualTo(200);
    }

    private List<String> sent() {
        return channel.sent.stream()
                .map(one -> ((Part.Text) ((ToCustomer) one).parts().get(0)).text())
                .toList();
    }

    private String story(String key) {
        String id = test.gateway
                .store()
                .read(tx -> tx.events().find("shop", key))
                .orElseThrow()
                .id();
        Explain explain = new Explain(test.gateway.store(), source -> false, desk -> false, name -> null);
        return StoryText.of(explain.story(id).orElseThrow()).replaceAll("\\s+", " ");
    }
}
