// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Conversation.State;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Identity;
import io.dragoman.model.Message.Author;
import io.dragoman.model.Message.Direction;
import io.dragoman.model.MessageBuilder;
import io.dragoman.model.Part;
import io.dragoman.model.Status;
import io.dragoman.store.ConversationFigures.Figures;
import io.dragoman.store.ConversationFigures.Open;
import io.dragoman.store.ConversationFigures.Place;
import io.dragoman.store.ConversationFigures.Traffic;
import io.dragoman.store.ConversationFigures.Written;
import io.dragoman.store.MeasureFigures.Measured;
import io.dragoman.store.MeasureFigures.Passed;
import io.dragoman.store.MeasureFigures.Pending;
import io.dragoman.store.MeasureFigures.Said;
import io.dragoman.store.MeasureFigures.Turns;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What any store tells a report. */
abstract class FiguresContract {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final Place SHOP = new Place("shop", "desk", "sales");

    @TempDir
    private Path folder;

    private TestStore test;
    private Store store;
    private int ids;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    @BeforeEach
    void open() {
        test = fresh(folder);
        store = test.open(failure -> {});
        Identity ana = new Identity("test", "ana", true);
        write(tx -> tx.contacts().insert("shop", new Contact("k1", null, null, List.of(ana), List.of()), 1));
    }

    @AfterEach
    void close() {
        store.close();
        test.close();
    }

    @Test
    void conversationTellsWhatWasWrittenInIt() {
        String id = begins(at(0), SHOP);
        says(id, Author.Kind.CONTACT, at(1), null);
        says(id, Author.Kind.RULE, at(2), Status.DELIVERED);
        says(id, Author.Kind.AGENT, at(3), Status.FAILED);
        says(id, Author.Kind.PHONE, at(4), Status.SENT);
        says(id, Author.Kind.CONTACT, at(5), null);
        says(id, Author.Kind.AGENT, at(6), Status.QUEUED);
        assertThat(begun(at(0), at(1)))
                .containsExactly(new Figures(
                        id,
                        SHOP,
                        "Max",
                        List.of("=vip"),
                        State.OPEN,
                        at(0),
                        null,
                        new Written(at(1), at(4), false, at(6), 2, 4, 1)));
    }

    @Test
    void conversationThatWeBeganHasNoFirstAnswer() {
        String id = begins(at(0), SHOP);
        says(id, Author.Kind.AGENT, at(1), Status.SENT);
        says(id, Author.Kind.CONTACT, at(2), null);
        says(id, Author.Kind.AGENT, at(3), Status.SENT);
        assertThat(begun(at(0), at(1)).get(0).written()).isEqualTo(new Written(at(2), null, true, at(3), 1, 2, 0));
    }

    @Test
    void onlyWhatBeganInTheTimeIsPagedOnceEach() {
        begins(at(0), SHOP);
        List<String> inside = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            inside.add(begins(at(i), SHOP));
        }
        begins(at(6), SHOP);
        List<String> found = new ArrayList<>();
        String after = "";
        List<Figures> page;
        do {
            page = page(after);
            for (Figures one : page) {
                found.add(one.id());
                after = one.id();
            }
        } while (!page.isEmpty());
        assertThat(found).containsExactlyElementsOf(inside);
    }

    private List<Figures> page(String after) {
        return store.read(tx -> tx.figures().begun(at(1), at(6), after, 2));
    }

    @Test
    void closingTimeStaysWhateverChangesAfterwardsAndGoesWhenReopened() {
        String id = begins(at(0), SHOP);
        change(id, c -> c.closed(at(1)));
        change(id, c -> c.change().team("billing").updatedAt(at(2)).build());
        assertThat(begun(at(0), at(1)).get(0).closedAt()).isEqualTo(at(1));
        change(id, c -> c.change().status(State.OPEN).updatedAt(at(3)).build());
        assertThat(begun(at(0), at(1)).get(0).closedAt()).isNull();
        change(id, c -> c.closed(at(4)));
        assertThat(begun(at(0), at(1)).get(0).closedAt()).isEqualTo(at(4));
    }

    @Test
    void eachClosingAndReopeningIsKeptWithItsTime() {
        String id = begins(at(0), SHOP);
        assertThat(measured().turns()).isEqualTo(new Turns(null, null, 0));
        change(id, c -> c.closed(at(1)));
        change(id, c -> c.change().team("billing").updatedAt(at(2)).build());
        change(id, c -> c.change().status(State.OPEN).updatedAt(at(3)).build());
        change(id, c -> c.closed(at(4)));
        change(id, c -> c.change().status(State.OPEN).updatedAt(at(5)).build());
        assertThat(measured().turns()).isEqualTo(new Turns(at(1), at(3), 2));
    }

    @Test
    void whoAnsweredLastIsKnownWhereNobodyOfUsDid() {
        String id = begins(at(0), SHOP);
        says(id, Author.Kind.CONTACT, at(1), null);
        says(id, Author.Kind.RULE, at(2), Status.FAILED);
        assertThat(measured().said()).isEqualTo(new Said(at(1), null, false, false));
        says(id, Author.Kind.BOT, at(3), Status.SENT);
        assertThat(measured().said()).isEqualTo(new Said(at(1), null, false, true));
        says(id, Author.Kind.CONTACT, at(4), null);
        says(id, Author.Kind.AGENT, at(5), Status.SENT);
        assertThat(measured().said()).isEqualTo(new Said(at(1), at(5), false, false));
        List<Passed> passed = store.read(tx -> tx.measures().passed(at(0), at(60), "", 100));
        assertThat(passed)
                .extracting(Passed::contact, Passed::in, Passed::written, Passed::out, Passed::automatic)
                .containsExactly(tuple("k1", 2L, 2L, 3L, 1L));
        List<Pending> pending = store.read(tx -> tx.measures().pending("", "", 10));
        assertThat(pending).extracting(Pending::createdAt).containsExactly(at(0));
    }

    private Measured measured() {
        return store.read(tx -> tx.measures().begun(at(0), at(1), "", 10)).get(0);
    }

    @Test
    void messagesOfATimeAreCountedByPlaceWhenTheirConversationIsOlder() {
        String old = begins(at(0), SHOP);
        String other = begins(at(0), new Place("mail", null, null));
        says(old, Author.Kind.CONTACT, at(1), null);
        says(old, Author.Kind.CONTACT, at(10), null);
        says(old, Author.Kind.RULE, at(11), Status.SENT);
        says(other, Author.Kind.CONTACT, at(12), null);
        says(old, Author.Kind.AGENT, at(13), Status.SENT);
        assertThat(traffic("", 100))
                .extracting(Traffic::place, Traffic::in, Traffic::out, Traffic::automatic, Traffic::read)
                .containsExactlyInAnyOrder(
                        tuple(SHOP, 1L, 1L, 1L, 2L), tuple(new Place("mail", null, null), 1L, 0L, 0L, 1L));
        Traffic first = traffic("", 1).get(0);
        assertThat(first.in()).isEqualTo(1);
        assertThat(traffic(first.last(), 1).get(0).automatic()).isEqualTo(1);
    }

    private List<Traffic> traffic(String after, int most) {
        return store.read(tx -> tx.figures().traffic(at(10), at(13), after, most));
    }

    @Test
    void customerWaitsSinceTheFirstMessageThatNoPersonAnswered() {
        String never = begins(at(0), SHOP);
        says(never, Author.Kind.CONTACT, at(1), null);
        says(never, Author.Kind.RULE, at(2), Status.SENT);
        says(never, Author.Kind.CONTACT, at(3), null);
        String again = begins(at(0), SHOP);
        says(again, Author.Kind.CONTACT, at(1), null);
        says(again, Author.Kind.AGENT, at(2), Status.SENT);
        says(again, Author.Kind.CONTACT, at(4), null);
        says(again, Author.Kind.AGENT, at(5), Status.FAILED);
        String answered = begins(at(0), SHOP);
        says(answered, Author.Kind.CONTACT, at(1), null);
        says(answered, Author.Kind.PHONE, at(2), Status.SENT);
        Map<String, Instant> waiting = store.read(tx -> tx.figures().waiting(List.of(never, again, answered)));
        assertThat(waiting).isEqualTo(Map.of(never, at(1), again, at(4)));
    }

    @Test
    void openOnesArePagedByChannelAndThread() {
        begins(at(0), SHOP);
        String closed = begins(at(0), SHOP);
        change(closed, c -> c.closed(at(1)));
        begins(at(0), new Place("mail", null, null));
        begins(at(0), SHOP);
        List<Open> all = store.read(tx -> tx.figures().open("", "", 100));
        assertThat(all).extracting(open -> open.place().channel()).containsExactly("mail", "shop", "shop");
        Open first = all.get(0);
        Open second = all.get(1);
        assertThat(after(first)).containsExactly(second);
        assertThat(after(all.get(2))).isEmpty();
    }

    private List<Open> after(Open last) {
        return store.read(tx -> tx.figures().open(last.place().channel(), last.thread(), 1));
    }

    private static Instant at(int minutes) {
        return START.plusSeconds(60L * minutes);
    }

    private List<Figures> begun(Instant since, Instant until) {
        return store.read(tx -> tx.figures().begun(since, until, "", 100));
    }

    private String begins(Instant at, Place place) {
        String id = id(at);
        write(tx -> tx.conversations()
                .insert(
                        new ConversationBuilder(id, place.channel(), "test", "k1", "ana", at)
                                .desk(place.desk())
                                .team(place.team())
                                .assignee("Max")
                                .tags(List.of("=vip"))
                                .build(),
                        "thread:" + id));
        return id;
    }

    private void says(String conversation, Author.Kind author, Instant at, @Nullable Status status) {
        write(tx -> tx.messages()
                .insert(MessageBuilder.builder()
                        .id(id(at))
                        .conversation(conversation)
                        .sequence(
                                tx.conversations().nextPlace(conversation, null).sequence())
                        .direction(author == Author.Kind.CONTACT ? Direction.IN : Direction.OUT)
                        .author(new Author(author, null))
                        .sentAt(at)
                        .receivedAt(at)
                        .parts(List.of(new Part.Text("hello")))
                        .status(status)
                        .build()));
    }

    private void change(String id, UnaryOperator<Conversation> change) {
        write(tx -> {
            Conversations.Versioned found = tx.conversations().find(id).orElseThrow();
            tx.conversations().update(change.apply(found.conversation()), found.version());
        });
    }

    private String id(Instant at) {
        long millis = at.toEpochMilli();
        return "%08x-%04x-7000-8000-%012x".formatted(millis >>> 16, millis & 0xffff, ids++);
    }

    private void write(Consumer<Tx> unit) {
        store.writeAndWait(tx -> {
            unit.accept(tx);
            return true;
        });
    }
}
