// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Contact;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Identity;
import io.dragoman.model.Message.Author;
import io.dragoman.model.Part;
import io.dragoman.store.Approvals.Approval;
import io.dragoman.store.Approvals.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that wait for approval, on any store. */
abstract class ApprovalsContract {
    private static final Instant AT = Instant.parse("2026-11-28T10:00:00Z");

    @TempDir
    private Path folder;

    /** A new, empty store. */
    abstract TestStore fresh(Path folder);

    @Test
    void firstDecisionShouldStand() {
        try (TestStore test = fresh(folder);
                Store store = test.open(failure -> {})) {
            store.writeAndWait(tx -> {
                tx.contacts()
                        .insert(
                                "shop",
                                new Contact("k", null, null, List.of(new Identity("test", "a", true)), List.of()),
                                1);
                tx.conversations().insert(new ConversationBuilder("c1", "shop", "test", "k", "a", AT).build(), "t");
                tx.approvals().ask(asked("a1"));
                tx.approvals().ask(asked("a1"));
                tx.approvals().ask(asked("a2"));
                return true;
            });
            assertThat(store.read(tx -> tx.approvals().find("a1")).orElseThrow())
                    .isEqualTo(asked("a1"));
            assertThat(store.<Long>read(tx -> tx.approvals().waiting())).isEqualTo(2);
            List<Boolean> decided = IntStream.range(0, 8)
                    .parallel()
                    .mapToObj(n -> store.<Boolean>writeAndWait(tx ->
                            tx.approvals().decide("a1", n % 2 == 0 ? State.APPROVED : State.REFUSED, "ops" + n, 5)))
                    .toList();
            assertThat(decided).containsOnlyOnce(true);
            Approval stands = store.read(tx -> tx.approvals().find("a1")).orElseThrow();
            assertThat(stands.decidedBy()).startsWith("ops");
            assertThat(stands.decidedAt()).isEqualTo(Instant.ofEpochMilli(5));
            assertThat(store.<Boolean>writeAndWait(tx -> tx.approvals().decide("none", State.REFUSED, "ops", 5)))
                    .isFalse();
            assertThat(store.<List<Approval>>read(tx -> tx.approvals().in(State.WAITING, 5)))
                    .containsExactly(asked("a2"));
            assertThat(store.<List<Approval>>read(tx -> tx.approvals().of("c1")))
                    .hasSize(2);
            assertThat(store.<List<Approval>>read(tx -> tx.approvals().following("e-a2")))
                    .containsExactly(asked("a2"));
        }
    }

    private static Approval asked(String id) {
        return new Approval(
                id,
                "c1",
                new Author(Author.Kind.RULE, "Sorry"),
                null,
                List.of(new Part.Text("Sorry")),
                "e-" + id,
                AT,
                AT.plusSeconds(60),
                State.WAITING,
                null,
                null);
    }
}
