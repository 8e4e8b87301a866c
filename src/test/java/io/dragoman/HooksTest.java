// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dragoman.journey.JourneyContext;
import io.dragoman.model.Conversation;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.store.Events;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators' routes that take part in the journey: what they may do, and that they cannot harm it. */
final class HooksTest {
    private static final String TIMEOUT = "dragoman.hook.timeout";
    private static CountDownLatch release = new CountDownLatch(1);
    private static final List<JourneyContext> SEEN = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    /** Notes what the hook is shown. */
    public static final class Note implements Processor {
        @Override
        public void process(Exchange exchange) {
            SEEN.add(exchange.getMessage().getBody(JourneyContext.class));
        }
    }

    /** Hangs until the test is over. */
    public static final class Hang implements Processor {
        @Override
        public void process(Exchange exchange) throws InterruptedException {
            release.await(60, TimeUnit.SECONDS);
        }
    }

    /** Changes and breaks all that it is given. */
    public static final class Vandal implements Processor {
        @Override
        public void process(Exchange exchange) {
            exchange.getMessage().setBody("mine");
            exchange.getMessage().setHeader("tags", "header");
            exchange.setVariable("tags", 7);
            exchange.setRouteStop(true);
        }
    }

    @BeforeEach
    void begin() {
        release = new CountDownLatch(1);
        SEEN.clear();
    }

    @AfterEach
    void end() {
        release.countDown();
        System.clearProperty(TIMEOUT);
    }

    private static String hook(String point, String step) {
        return """
                - route:
                    id: %s
                    from:
                      uri: direct:%s
                      steps:
                        - %s
                """.formatted(point, point, step);
    }

    private static String hook(String point, Class<?> step) {
        return hook(point, "process: {ref: \"#class:" + step.getName() + "\"}");
    }

    private static void say(OperatorHome home, String from, int number) {
        home.camel()
                .createProducerTemplate()
                .sendBody(
                        "intake:faxes",
                        "{\"id\": \"%s-%d\", \"from\": \"%s\", \"text\": \"%d\"}"
                                .formatted(from, number, from, number));
    }

    private static double told(OperatorHome home, String point, String outcome) {
        return home.gateway
                .meters()
                .counter("dragoman.hook.failures", "point", point, "outcome", outcome)
                .count();
    }

    @Test
    void tagsOfBeforeDecideShouldReachTheRulesAndTheConversation() throws Exception {
        try (OperatorHome home = OperatorHome.start(
                folder, hook("before-decide", "setVariable: {name: tags, constant: \"vip, from-crm\"}"))) {
            say(home, "ana", 1);
            TestGateway.await("the conversation", () -> !home.conversations().isEmpty());
            Conversation conversation = home.conversations().get(0);
            assertThat(conversation.tags()).containsExactly("vip", "from-crm");
            assertThat(conversation.team()).isEqualTo("gold");
        }
    }

    @Test
    void documentedHookShouldDoWhatItSays() throws Exception {
        String document = Files.readString(Path.of("docs/routes.md"));
        String block = document.substring(document.indexOf("```yaml\n- route:\n    id: vip") + 8);
        try (OperatorHome home = OperatorHome.start(folder, block.substring(0, block.indexOf("```")))) {
            for (String name : List.of("Ana", "Max")) {
                home.camel()
                        .createProducerTemplate()
                        .sendBody(
                                "intake:faxes",
                                "{\"id\": \"%s\", \"from\": \"%s\", \"name\": \"%s\", \"text\": \"x\"}"
                                        .formatted(name, name, name));
            }
            TestGateway.await("both", () -> home.conversations().size() == 2);
            assertThat(home.conversations())
                    .extracting(Conversation::address, Conversation::tags)
                    .containsExactlyInAnyOrder(tuple("Ana", List.of("vip")), tuple("Max", List.of()));
        }
    }

    @Test
    void afterCommitShouldSeeEachEventOnceInOrderWithItsEnd() throws Exception {
        try (OperatorHome home = OperatorHome.start(folder, hook("after-commit", Note.class))) {
            for (int i = 0; i < 20; i++) {
                say(home, "ana", i);
            }
            TestGateway.await("all", () -> SEEN.size() >= 20);
            assertThat(SEEN).hasSize(20).allMatch(context -> context.ended().state() == Events.State.DONE);
            assertThat(SEEN.stream().map(context -> ((MessageReceived) context.event()).externalId()))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 20).mapToObj(i -> "ana-" + i).toList());
            assertThat(home.conversations()).hasSize(1);
        }
    }

    @Test
    void whateverAHookDoesShouldNotHarmTheJourney() throws Exception {
        try (OperatorHome home = OperatorHome.start(
                folder,
                hook("before-decide", Vandal.class),
                hook(
                        "after-commit",
                        "throwException: {exceptionType: java.lang.IllegalStateException, message: no}"))) {
            for (int i = 0; i < 3; i++) {
                say(home, "ana", i);
            }
            TestGateway.await(
                    "both told",
                    () -> told(home, "after-commit", "failed") == 3 && told(home, "before-decide", "failed") == 3);
            assertThat(messages(home)).containsExactly("0", "1", "2");
            assertThat(home.conversations().get(0).tags()).isEmpty();
        }
    }

    @Test
    void hookThatHangsShouldBeLeftBehindInTime() throws Exception {
        System.setProperty(TIMEOUT, "200ms");
        try (OperatorHome home =
                OperatorHome.start(folder, hook("before-decide", Hang.class), hook("after-commit", Hang.class))) {
            for (int i = 0; i < 3; i++) {
                say(home, "ana", i);
            }
            TestGateway.await("all", () -> told(home, "after-commit", "timeout") == 3);
            assertThat(messages(home)).containsExactly("0", "1", "2");
            for (int i = 0; i < 60; i++) {
                say(home, "customer" + i, 0);
            }
            TestGateway.await(
                    "all who came while every thread hangs",
                    () -> home.conversations().size() == 61);
            assertThat(told(home, "before-decide", "busy")).isPositive();
            release.countDown();
        }
    }

    @Test
    void hookThatStopsShouldNotBeMissed() throws Exception {
        try (OperatorHome home = OperatorHome.start(folder, hook("after-commit", Note.class))) {
            say(home, "ana", 0);
            TestGateway.await("the first", () -> SEEN.size() == 1);
            home.camel().getRouteController().stopRoute("after-commit");
            say(home, "ana", 1);
            TestGateway.await("the second", () -> messages(home).size() == 2);
            home.camel().getRouteController().startRoute("after-commit");
            say(home, "ana", 2);
            TestGateway.await("the third", () -> SEEN.size() == 2);
            assertThat(told(home, "after-commit", "timeout")).isZero();
        }
    }

    private static List<String> messages(OperatorHome home) {
        return home.conversations().isEmpty()
                ? List.of()
                : home
                        .gateway
                        .store()
                        .read(tx -> tx.messages().of(home.conversations().get(0).id(), 0, 100))
                        .stream()
                        .map(message ->
                                ((io.dragoman.model.Part.Text) message.parts().get(0)).text())
                        .toList();
    }
}
