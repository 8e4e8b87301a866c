// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.model.Contact;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.store.Cursors.Turn;
import io.dragoman.store.Deliveries.Fresh;
import io.dragoman.store.Events.State;
import io.dragoman.store.Lanes.Claim;
import io.dragoman.store.Lanes.Kind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lanes, on any store: order within, independence between, and a fence against those who come too late. */
abstract class LanesContract {
    private static final long LEASE = 60_000;

    private static final FlowKey SHOP = new FlowKey(Kind.INBOX, "shop");
    private static final FlowKey DESK = new FlowKey(Kind.OUTBOX, "desk/shop");

    @TempDir
    private Path folder;

    private final Supplier<String> ids = Arrivals.ids();
    private TestStore test;
    private Store store;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    @BeforeEach
    void open() {
        test = fresh(folder);
        store = test.open(failure -> {});
    }

    @AfterEach
    void close() {
        store.close();
        test.close();
    }

    @Test
    void eventsOfOneLaneComeOneAfterTheOtherInOrder() {
        for (String key : List.of("m1", "m2", "m3")) {
            take("ana", key);
        }
        for (String key : List.of("m1", "m2", "m3")) {
            Claim claim = claimOne("w", 100);
            assertThat(claim("w", 100)).as("the lane is held").isEmpty();
            Events.Stored head = head(claim);
            assertThat(head.key()).isEqualTo(key);
            finish(claim, head, 100);
        }
        assertThat(claim("w", 100)).isEmpty();
        assertThat(rows("shop/ana")).isZero();
    }

    @Test
    void lanesAreClaimedSideBySideTheLongestWaitingFirst() {
        takeAt("ana", "a1", 30);
        takeAt("beka", "b1", 10);
        takeAt("cira", "c1", 20);
        List<Claim> two = unit(tx -> tx.lanes().claim(SHOP, false, "w", 2, 100, LEASE));
        assertThat(two).extracting(Claim::lane).containsExactlyInAnyOrder("in/shop/beka", "in/shop/cira");
        assertThat(claim("other", 100)).extracting(Claim::lane).containsExactly("in/shop/ana");
    }

    @Test
    void workerWhoseLeaseRanOutAndWasTakenOverChangesNothing() {
        take("ana", "m1");
        Claim zombie = claimOne("w1", 100);
        Events.Stored head = head(zombie);
        assertThat(claim("w2", 100 + LEASE)).as("not before its end").isEmpty();
        Claim heir = claimOne("w2", 101 + LEASE);
        assertThat(heir.epoch()).isEqualTo(zombie.epoch() + 1);
        assertConflict(tx -> {
            Bookmark.set(tx, "effect of the zombie", "x", 1);
            tx.events().finish(zombie, head.id(), State.DONE, null, 200);
            return true;
        });
        assertConflict(tx -> {
            tx.events().retry(zombie, head.id(), "late", 200);
            return true;
        });
        assertThat(store.<String>read(tx -> tx.cursors().get("effect of the zombie")))
                .isEmpty();
        assertThat(event("m1").state()).isEqualTo(State.NEW);
        finish(heir, head(heir), 300);
        assertThat(event("m1").state()).isEqualTo(State.DONE);
        assertConflict(tx -> {
            tx.events().finish(heir, head.id(), State.DONE, null, 300);
            return true;
        });
        assertThat(rows("shop/ana")).isZero();
    }

    @Test
    void sameWorkerThatClaimedAgainIsFencedFromItsOwnPast() {
        take("ana", "m1");
        Claim before = claimOne("w", 100);
        Events.Stored head = head(before);
        claimOne("w", 101 + LEASE);
        assertConflict(tx -> {
            tx.events().finish(before, head.id(), State.DONE, null, 200);
            return true;
        });
    }

    @Test
    void aClaimOfALaneThatEndedIsWorthNothingWhenTheLaneComesBack() {
        take("ana", "m1");
        Claim before = claimOne("w", 100);
        Events.Stored head = head(before);
        Claim heir = claimOne("w", 101 + LEASE);
        finish(heir, head, 300);
        assertThat(rows("shop/ana")).isZero();
        take("ana", "m2");
        Claim now = claimOne("w", 400);
        assertConflict(tx -> {
            tx.events().finish(before, head.id(), State.DONE, null, 500);
            return true;
        });
        finish(now, head(now), 600);
        assertThat(event("m2").state()).isEqualTo(State.DONE);
    }

    @Test
    void aConversationsLaneIsPausedBeforeAnythingWaitsInIt() {
        String lane = "out/desk/" + conversation("c1");
        assertThat(this.<Boolean>unit(tx -> tx.lanes().pause("out/desk/nobody", "why")))
                .isFalse();
        assertThat(this.<Boolean>unit(tx -> tx.lanes().pause(lane, "why"))).isTrue();
        assertThat(store.<Boolean>read(tx -> tx.lanes().exists(lane))).isTrue();
        assertThat(this.<Boolean>unit(tx -> tx.lanes().resume(lane))).isTrue();
        assertThat(this.<Boolean>unit(tx -> tx.lanes().resume(lane))).isFalse();
        assertThat(store.<Boolean>read(tx -> tx.lanes().exists(lane))).isTrue();
        assertThat(test.number("SELECT count(*) FROM lane")).isZero();
    }

    private String conversation(String id) {
        unit(tx -> {
            tx.contacts().insert("shop", new Contact("k1", null, null, List.of(), List.of()), 1);
            tx.conversations()
                    .insert(
                            new ConversationBuilder(id, "shop", "sms", "k1", "ana", Instant.ofEpochMilli(1)).build(),
                            "contact:k1");
            return true;
        });
        return id;
    }

    @Test
    void attemptsAreCountedBeforeTheWorkAndSurviveIt() {
        take("ana", "m1");
        for (int attempt = 1; attempt <= 4; attempt++) {
            Claim claim = claimOne("w" + attempt, 100 + attempt * (LEASE + 1));
            assertThat(head(claim).attempts()).isEqualTo(attempt);
            assertThat(event("m1").attempts()).as("on disk").isEqualTo(attempt);
        }
    }

    @Test
    void deadHeadLetsTheLaneGoOn() {
        take("ana", "poison");
        take("ana", "m2");
        Claim claim = claimOne("w", 100);
        unit(tx -> {
            tx.events().finish(claim, head(tx, claim).id(), State.DEAD, "three crashes", 100);
            return true;
        });
        Claim next = claimOne("w", 100);
        assertThat(head(next).key()).isEqualTo("m2");
        assertThat(store.<List<DeadLetters.DeadLetter>>read(
                        tx -> tx.deadLetters().latest(DeadLetters.Filter.ALL, 10)))
                .singleElement()
                .satisfies(dead -> assertThat(dead.reason()).isEqualTo("three crashes"));
    }

    @Test
    void retryKeepsTheHeadAndWaits() {
        take("ana", "m1");
        take("ana", "m2");
        Claim claim = claimOne("w", 100);
        Events.Stored head = head(claim);
        unit(tx -> {
            tx.events().retry(claim, head.id(), "later", 5_000);
            return true;
        });
        assertThat(row("shop/ana")).isEqualTo("open 2, ready 5000, lease 0");
        assertThat(claim("w", 4_999)).isEmpty();
        take("ana", "m3");
        assertThat(row("shop/ana")).as("news shortens no wait").isEqualTo("open 3, ready 5000, lease 0");
        Claim again = claimOne("w", 5_000);
        Events.Stored second = head(again);
        assertThat(second.key()).isEqualTo("m1");
        assertThat(second.attempts()).isEqualTo(2);
        unit(tx -> {
            tx.events().postpone(again, second.id(), 5_000);
            return true;
        });
        assertThat(event("m1").attempts()).as("one that does not count").isEqualTo(1);
        finish(claimOne("w", 5_000), second, 5_001);
        assertThat(row("shop/ana")).isEqualTo("open 2, ready 5001, lease 0");
    }

    @Test
    void leasesOfAProcessThatIsGoneAreFreeAtTheNextStart() {
        take("ana", "m1");
        Claim lost = claimOne("before the crash", 100);
        store.close();
        store = test.open(failure -> {});
        if (store.shared()) {
            unit(tx -> {
                tx.peers().leave("before the crash"); // what the others do when one fell silent
                return true;
            });
        }
        Claim claim = claimOne("after it", 101);
        assertConflict(tx -> {
            tx.events().finish(lost, event("m1").id(), State.DONE, null, 102);
            return true;
        });
        finish(claim, head(claim), 103);
    }

    @Test
    void oneGatewayAtATimePollsAnAccountUntilItsTurnIsOver() {
        Turn one = turn("mail", "one").orElseThrow();
        assertThat(turn("mail", "two")).as("the first has it").isEmpty();
        assertThat(turn("sms", "two")).as("another account").isPresent();
        assertThat(this.<Map<String, String>>unit(tx -> tx.cursors().owners()))
                .containsOnly(Map.entry("mail", "one"), Map.entry("sms", "two"));
        move(one, "17");
        unit(tx -> {
            tx.cursors().giveBack(one);
            return true;
        });
        Turn two = turn("mail", "two").orElseThrow();
        assertThat(store.<String>read(tx -> tx.cursors().get("mail")))
                .as("takes up where the other stopped")
                .isEqualTo("17");
        assertConflict(tx -> {
            tx.cursors().set(one, "18", 300); // was taken for gone, and comes back
            return true;
        });
        unit(tx -> {
            tx.cursors().giveBack(one);
            return true;
        });
        move(two, "19");
        Turn again = turn("mail", "two").orElseThrow();
        assertConflict(tx -> {
            tx.cursors().set(two, "20", 300); // of a loop that was stopped in the midst of it
            return true;
        });
        move(again, "21");
        assertThat(store.<String>read(tx -> tx.cursors().get("mail"))).isEqualTo("21");
    }

    private Optional<Turn> turn(String source, String owner) {
        return unit(tx -> tx.cursors().take(source, owner, 100));
    }

    private void move(Turn turn, String position) {
        unit(tx -> {
            tx.cursors().set(turn, position, 200);
            return true;
        });
    }

    @Test
    void deliveryIsEnqueuedOnceForOneCauseAndItsAttemptIsOnDiskFirst() {
        assertThat(this.<Boolean>unit(tx -> tx.deliveries().insert(fresh("d1"), 1)))
                .isTrue();
        assertThat(this.<Boolean>unit(tx -> tx.deliveries().insert(fresh("d2"), 1)))
                .isFalse();
        Claim claim =
                unit(tx -> tx.lanes().claim(DESK, false, "w", 5, 10, LEASE)).get(0);
        unit(tx -> {
            tx.attempts()
                    .begin(
                            List.of(head(tx.deliveries().heads(List.of(claim)), claim)
                                    .id()),
                            10);
            return true;
        });
        Deliveries.Stored begun = store.read(tx -> tx.deliveries().find("d1")).orElseThrow();
        assertThat(begun.state()).isEqualTo(Deliveries.State.SENDING);
        assertThat(store.<List<Attempts.Attempt>>read(tx -> tx.attempts().of("d1")))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.endedAt()).isNull());
        unit(tx -> {
            tx.deliveries().retry(claim, "d1", false, null, "busy", 500);
            return true;
        });
        assertThat(this.<List<Claim>>unit(tx -> tx.lanes().claim(DESK, false, "w", 5, 499, LEASE)))
                .isEmpty();
        Claim again =
                unit(tx -> tx.lanes().claim(DESK, false, "w", 5, 500, LEASE)).get(0);
        unit(tx -> {
            tx.deliveries().finish(again, "d1", Deliveries.State.DELIVERED, null, null, 600);
            return true;
        });
        assertConflict(tx -> {
            tx.deliveries().finish(claim, "d1", Deliveries.State.DEAD, null, null, 700);
            return true;
        });
        assertThat(store.read(tx -> tx.deliveries().find("d1")).orElseThrow().state())
                .isEqualTo(Deliveries.State.DELIVERED);
    }

    @Test
    void deliveriesOfOneLaneComeOneAfterTheOtherInOrder() {
        List<String> ids = List.of("d1", "d2", "d3");
        for (String id : ids) {
            unit(tx -> tx.deliveries().insert(fresh(id, "cause of " + id), 1));
        }
        for (String id : ids) {
            Claim claim =
                    unit(tx -> tx.lanes().claim(DESK, false, "w", 5, 10, LEASE)).get(0);
            Map<String, Deliveries.Stored> heads =
                    store.read(tx -> tx.deliveries().heads(List.of(claim)));
            assertThat(head(heads, claim).id()).isEqualTo(id);
            unit(tx -> {
                tx.deliveries().finish(claim, id, Deliveries.State.DELIVERED, null, null, 10);
                return true;
            });
        }
    }

    private static Fresh fresh(String id) {
        return fresh(id, "the cause");
    }

    private static Fresh fresh(String id, String key) {
        return new Fresh(
                id,
                Deliveries.Kind.NOTICE,
                new Deliveries.Destination("out/desk/c1", "desk", "shop"),
                new Deliveries.Cause(key, "e1", null, "c1"),
                "{}",
                false,
                1);
    }

    private void take(String sender, String key) {
        takeAt(sender, key, 1);
    }

    private void takeAt(String sender, String key, long now) {
        unit(tx -> tx.events().take(Arrivals.message(sender, key, key), ids, now));
    }

    private List<Claim> claim(String owner, long now) {
        return unit(tx -> tx.lanes().claim(SHOP, false, owner, 10, now, LEASE));
    }

    private Claim claimOne(String owner, long now) {
        List<Claim> claims = claim(owner, now);
        assertThat(claims).hasSize(1);
        return claims.get(0);
    }

    private Events.Stored head(Claim claim) {
        return unit(tx -> head(tx, claim));
    }

    private static Events.Stored head(Tx tx, Claim claim) {
        return head(tx.events().heads(List.of(claim)), claim);
    }

    private static <T> T head(Map<String, T> heads, Claim claim) {
        T head = heads.get(claim.lane());
        assertThat(head).isNotNull();
        return head;
    }

    private void finish(Claim claim, Events.Stored head, long now) {
        unit(tx -> {
            tx.events().finish(claim, head.id(), State.DONE, null, now);
            return true;
        });
    }

    private Events.Stored event(String key) {
        return store.read(tx -> tx.events().find("shop", key)).orElseThrow();
    }

    private <T> T unit(Function<Tx, T> work) {
        return store.write(work).join();
    }

    private void assertConflict(Function<Tx, Boolean> work) {
        assertThatThrownBy(() -> unit(work)).hasCauseInstanceOf(StoreException.Conflict.class);
    }

    private long rows(String lane) {
        return test.number("SELECT count(*) FROM lane WHERE lane='in/" + lane + "'");
    }

    private String row(String lane) {
        return test.text(
                "SELECT 'open '||open||', ready '||coalesce(CAST(ready_at AS TEXT),'null')||', lease '||lease_until"
                        + " FROM lane WHERE lane='in/" + lane + "'");
    }
}
