// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.Tally;
import io.dragoman.model.Message;
import io.dragoman.model.Status;
import io.dragoman.simulator.desk.DeskSimulator.Note;
import io.dragoman.store.Events;
import io.dragoman.store.ThreadView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every connector must bear, through a whole gateway: copies in a row, at once, in one batch and after a restart;
 * events and receipts in the wrong order, before what they are about, and about nothing at all.
 */
final class DeliveryOrderTest {
    private static final int AT_ONCE = 8;
    private static final AtomicInteger CUSTOMERS = new AtomicInteger(100);

    private static final SmsProviders SMS = new SmsProviders();

    @TempDir
    private static Path home;

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        FaxLine.routes(home);
        world = new World(home, "off", FaxLine.channels() + SMS.yaml());
    }

    @AfterAll
    static void stop() {
        world.close();
        SMS.close();
    }

    static Stream<Line> lines() {
        return Stream.of(
                new Line.WhatsApp(world),
                new Line.Sms(world),
                new Line.Messente(world),
                Line.Messaging.messenger(world),
                Line.Messaging.instagram(world),
                new Line.Comments(world),
                new Line.Telegram(world, false),
                new Line.Telegram(world, true),
                new ChatLine.Line(world),
                new ChatLine.Viber(world),
                new ChatLine.Slack(world),
                new ChatLine.WeChat(world),
                new ChatLine.Teams(world),
                new ChatLine.Discord(world),
                new ChatLine.Matrix(world),
                new PostLine(world),
                new Line.Mail(world),
                new SmsLine.Vonage(world, SMS),
                new SmsLine.Bird(world, SMS),
                new KannelLine(world, SMS),
                new FaxLine(world));
    }

    static Stream<Line> linesWithNews() {
        return lines().filter(Line.News.class::isInstance);
    }

    static Stream<Line> linesWithReceipts() {
        return lines().filter(Line.Receipts.class::isInstance);
    }

    /** All lines share the restart in between: it takes longest. */
    @Test
    void eachEventIsOneMessageInTheOrderOfAcceptance() throws Exception {
        List<Copies> all = lines().map(Copies::new).toList();
        for (Copies copies : all) {
            copies.before();
        }
        world.restart();
        for (Copies copies : all) {
            copies.after();
        }
    }

    /** One line's events, each delivered several times. */
    private static final class Copies {
        private final Line line;
        private final int customer = CUSTOMERS.incrementAndGet();
        private final List<ObjectNode> events = new ArrayList<>();
        private final int first;

        Copies(Line line) {
            this.line = line;
            this.first = line.anyOrder() ? 4 : 3;
            Instant now = Instant.now();
            for (int i = 0; i < 6; i++) {
                // the provider's times run backwards
                events.add(line.message(customer, customer * 1000 + i, customer + " " + i, now.minusSeconds(60L * i)));
            }
        }

        void before() throws Exception {
            line.deliver(events.get(0));
            line.deliver(events.get(0));
            atOnce(() -> line.deliver(events.get(1)));
            line.deliver(events.get(2), events.get(2));
            line.deliver(events.get(first));
            line.deliver(events.get(7 - first));
        }

        void after() {
            int copies = 2 + AT_ONCE + 2 + 2;
            if (line.anyOrder()) { // what is below Telegram's offset never comes again
                for (ObjectNode event : events.subList(0, 5)) {
                    line.deliver(event);
                    copies++;
                }
            }
            line.deliver(events.get(5));
            world.note(line.channel, customer + " 5");
            List<String> given = Stream.of(0, 1, 2, first, 7 - first, 5)
                    .map(i -> customer + " " + i)
                    .toList();
            World.await("all of " + line, () -> texts(line, customer).size() >= given.size());
            // a mail that answers none starts a conversation of its own, and those have no order
            Function<String, String> lane = line instanceof Line.Mail ? text -> text : text -> "";
            Tally.of(given, given, texts(line, customer), lane)
                    .demandZeros(line + ", " + (copies + 1) + " copies, " + AT_ONCE + " at once");
        }
    }

    @Test
    void newsBeforeItsMessageIsNotLost() throws Exception {
        List<EarlyNews> all = linesWithNews().map(EarlyNews::new).toList();
        for (EarlyNews news : all) {
            news.before();
        }
        world.restart();
        for (EarlyNews news : all) {
            news.after();
        }
    }

    /** An edit and a reaction that come before their message, on one line. */
    private static final class EarlyNews {
        private final Line line;
        private final int customer = CUSTOMERS.incrementAndGet();
        private final int message = customer * 1000 + 10;
        private final Instant now = Instant.now();

        EarlyNews(Line line) {
            this.line = line;
        }

        void before() {
            Line.News news = (Line.News) line;
            line.deliver(news.edit(customer, customer * 1000, message, "edited", now.plusSeconds(20)));
            line.deliver(news.reaction(customer, customer * 1000 + 1, news.externalId(customer, message), "👍"));
            line.deliver(news.edit(customer, customer * 1000 + 2, message, "edited before that", now.plusSeconds(10)));
        }

        void after() {
            line.deliver(line.message(customer, message, "first of " + customer, now));
            String conversation =
                    world.note(line.channel, "first of " + customer).conversation();
            World.await(
                    "the edit and the reaction of " + line,
                    () -> types(conversation).size() == 3);
            assertThat(types(conversation)).containsExactly("message.received", "message.edited", "message.reaction");
            assertThat(told(conversation).get(1).text()).isEqualTo("edited");
            line.deliver(line.message(customer, message + 1, "second of " + customer, now));
            world.note(line.channel, "second of " + customer);
            assertThat(types(conversation)).as("and nothing twice, " + line).hasSize(4);
        }
    }

    @ParameterizedTest
    @MethodSource("linesWithReceipts")
    void receiptsComeEarlyTwiceAndInAnyOrder(Line line) throws Exception {
        Line.Receipts receipts = (Line.Receipts) line;
        int customer = CUSTOMERS.incrementAndGet();
        String conversation = opened(line, customer);
        String id = (line instanceof Line.Sms ? "SM00early" : "wamid.early") + customer;
        line.deliver(receipts.receipt(customer, id, "delivered"));
        line.deliver(receipts.receipt(customer, id, "delivered"));
        line.deliver(receipts.receipt(customer, id, "sent"));
        for (String status : List.of("delivered", "sent")) {
            processed(line, receipts.key(id, status));
        }
        world.restart();
        receipts.answers(customer, id);
        world.desk.agentReplies(world.callback("helpdesk"), conversation, "Max", "answer");
        World.await("the receipts that waited", () -> status(line, id) == Status.DELIVERED);
        String late = line instanceof Line.Sms ? "undelivered" : "failed";
        for (String status : List.of("sent", "delivered", late)) {
            line.deliver(receipts.receipt(customer, id, status));
        }
        processed(line, receipts.key(id, late));
        assertThat(status(line, id)).as("never a step back").isEqualTo(Status.DELIVERED);
        line.deliver(receipts.receipt(customer, id, "read"));
        World.await("read", () -> status(line, id) == Status.READ);
        World.await("word of it at the desk", () -> activity(conversation).contains("read"));
        assertThat(activity(conversation)).containsExactly("sent", "delivered", "read");
        String delivered = receipts.key(id, "delivered");
        assertThat(stored(line, delivered).duplicates()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("linesWithReceipts")
    void aFailureBeforeTheIdIsKnownIsNotLost(Line line) throws Exception {
        Line.Receipts receipts = (Line.Receipts) line;
        int customer = CUSTOMERS.incrementAndGet();
        String conversation = opened(line, customer);
        String id = (line instanceof Line.Sms ? "SM00failed" : "wamid.failed") + customer;
        line.deliver(receipts.receipt(customer, id, "failed"));
        processed(line, receipts.key(id, "failed"));
        receipts.answers(customer, id);
        world.desk.agentReplies(world.callback("helpdesk"), conversation, "Max", "answer");
        World.await("the failure", () -> status(line, id) == Status.FAILED);
        World.await("word of it at the desk", () -> activity(conversation).contains("failed"));
    }

    @ParameterizedTest
    @MethodSource("linesWithReceipts")
    void receiptsForUnknownIdsAreKeptAndDoNoHarm(Line line) {
        Line.Receipts receipts = (Line.Receipts) line;
        int customer = CUSTOMERS.incrementAndGet();
        for (int i = 0; i < 20; i++) {
            line.deliver(receipts.receipt(customer, "SM00unknown" + customer + i, "read"));
        }
        for (int i = 0; i < 20; i++) {
            String key = receipts.key("SM00unknown" + customer + i, "read");
            processed(line, key);
            assertThat(stored(line, key).state()).isEqualTo(Events.State.DONE);
        }
    }

    @Test
    void aReactionToOursBeforeItsIdIsKnownIsNotLost() throws Exception {
        Line.WhatsApp line = new Line.WhatsApp(world);
        int customer = CUSTOMERS.incrementAndGet();
        String conversation = opened(line, customer);
        String id = "wamid.ours" + customer;
        line.deliver(line.reaction(customer, customer * 1000, id, "🎉"));
        processed(line, "wamid.test" + customer * 1000);
        line.answers(customer, id);
        world.desk.agentReplies(world.callback("helpdesk"), conversation, "Max", "answer");
        World.await("the reaction", () -> types(conversation).contains("message.reaction"));
        assertThat(reactions(conversation)).containsExactly("🎉");
        line.deliver(line.reaction(customer, customer * 1000 + 1, id, "❤️"));
        processed(line, "wamid.test" + (customer * 1000 + 1));
        assertThat(reactions(conversation)).as("one in place of the other").containsExactly("❤️");
        line.deliver(line.reaction(customer, customer * 1000 + 2, id, ""));
        processed(line, "wamid.test" + (customer * 1000 + 2));
        assertThat(reactions(conversation)).as("one that was taken back").isEmpty();
    }

    private static List<String> reactions(String conversation) {
        return world.gateway().store().read(tx -> tx
                .threadView()
                .reactions(tx.threadView().of(conversation, 0, 10).stream()
                        .map(Message::id)
                        .toList())
                .values()
                .stream()
                .map(ThreadView.Reaction::emoji)
                .toList());
    }

    @Test
    void anAgentsReplyIsSentOnceHoweverOftenTheDeskTellsIt() throws Exception {
        Line.Sms line = new Line.Sms(world);
        int customer = CUSTOMERS.incrementAndGet();
        String conversation = opened(line, customer);
        int told = 0;
        for (int i = 0; i < 4; i++) {
            int copies = i == 1 ? AT_ONCE : 2;
            String id = "reply-" + customer + "-" + i;
            String body = reply(conversation, "answer " + i);
            List<Integer> statuses = java.util.Collections.synchronizedList(new ArrayList<>());
            Runnable tell = () -> statuses.add(world.desk.tell(world.callback("helpdesk"), id, body));
            if (copies == AT_ONCE) {
                atOnce(tell);
            } else {
                tell.run();
                if (i == 2) {
                    world.restart();
                }
                tell.run();
            }
            assertThat(statuses).hasSize(copies).containsOnly(200);
            told += copies;
        }
        List<String> expected = List.of("answer 0", "answer 1", "answer 2", "answer 3");
        String address = "+49170" + customer;
        World.await("the answers", () -> world.delivered("sms", address).size() >= 4);
        Tally.of(expected, world.delivered("sms", address)).demandZeros("webhook desk, " + told + " copies");
    }

    private static String reply(String conversation, String text) {
        return "{\"type\":\"agent.replied\",\"data\":{\"conversation\":{\"id\":\"" + conversation
                + "\"},\"message\":{\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}}}";
    }

    /** A customer has written, and all that follows from it is done. */
    private static String opened(Line line, int customer) {
        String text = "hello from " + customer;
        int before = world.whatsapp.seen().size();
        if (line instanceof Line.WhatsApp) {
            world.writes("wa", "+49300" + customer, text);
            World.await("the blue ticks", () -> world.whatsapp.seen().size() > before);
        } else {
            line.deliver(line.message(customer, customer * 1000 + 500, text, Instant.now()));
        }
        return world.note(line.channel, text).conversation();
    }

    private static void atOnce(Runnable task) throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < AT_ONCE; i++) {
            Thread thread = new Thread(() -> {
                try {
                    go.await();
                    task.run();
                } catch (InterruptedException | RuntimeException | AssertionError e) {
                    failures.add(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    private static void processed(Line line, String key) {
        World.await("the journey of " + key, () -> stored(line, key).state() != Events.State.NEW);
    }

    private static Events.Stored stored(Line line, String key) {
        return world.gateway()
                .store()
                .read(tx -> tx.events().find(line.channel, key))
                .orElseThrow();
    }

    private static Status status(Line line, String externalId) {
        return world.gateway()
                .store()
                .read(tx -> tx.messages().byExternalId(line.channel, externalId))
                .map(message -> message.status())
                .orElse(Status.QUEUED);
    }

    private static List<String> texts(Line line, int customer) {
        return world.received(line.channel).stream()
                .map(Note::text)
                .filter(text -> text.startsWith(customer + " "))
                .toList();
    }

    private static List<Note> told(String conversation) {
        return world.desk.notes().stream()
                .filter(note -> note.conversation().equals(conversation))
                .toList();
    }

    private static List<String> types(String conversation) {
        return told(conversation).stream().map(Note::type).toList();
    }

    private static List<String> activity(String conversation) {
        return told(conversation).stream()
                .filter(note -> note.type().equals("delivery.updated"))
                .map(note -> note.json().at("/data/message/status").asText())
                .toList();
    }
}
