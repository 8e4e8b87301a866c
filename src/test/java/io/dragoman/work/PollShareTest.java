// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a gateway takes and gives up of the accounts that it shares with others. */
final class PollShareTest {
    private static final List<String> FIVE = List.of("a", "b", "c", "d", "e");

    private final PollShare share = new PollShare();

    @Test
    @DisplayName("one that is alone takes all, and gives up what is above its share, rounded up, once another joins")
    void aloneItShouldHaveAllAndGiveUpTheSurplus() {
        assertThat(FIVE).allMatch(account -> share.take(account, 0));
        assertThat(share.surplus(0)).isEmpty();
        share.hear(Set.of("two"), Collections.nCopies(5, "one"));
        assertThat(share.surplus(0)).contains("a");
        share.release("a");
        assertThat(share.take("a", 0)).as("the other is to have it").isFalse();
        assertThat(share.surplus(0)).contains("b");
        share.release("b");
        assertThat(share.surplus(0)).as("three of five").isEmpty();
        share.elsewhere("a");
        share.elsewhere("b");
        share.hear(Set.of(), List.of("one", "one", "one"));
        assertThat(share.take("a", 0)).as("the other is gone").isTrue();
    }

    @Test
    @DisplayName("what nobody else takes is taken beyond the share after a while, and not given up again soon")
    void whatNobodyTakesShouldBeTaken() {
        FIVE.forEach(share::elsewhere);
        share.hear(Set.of("two"), List.of());
        assertThat(List.of("a", "b", "c")).allMatch(account -> share.take(account, 0));
        assertThat(share.take("d", 0)).isFalse();
        assertThat(share.take("d", PollShare.PATIENCE_NANOS - 1)).isFalse();
        share.elsewhere("d"); // somebody had it for a moment
        assertThat(share.take("d", PollShare.PATIENCE_NANOS)).isFalse();
        long late = 2 * PollShare.PATIENCE_NANOS;
        assertThat(share.take("d", late)).isTrue();
        share.hear(Set.of("two"), List.of("one", "one", "one", "one"));
        assertThat(share.surplus(late)).as("another than that").contains("a");
        share.forget("e");
        share.release("a");
        assertThat(share.surplus(late)).contains("b");
        share.release("b");
        share.release("c");
        share.forget("a");
        share.forget("b");
        share.forget("c");
        share.take("f", late);
        assertThat(share.surplus(late)).isEmpty();
    }

    @Test
    @DisplayName("nothing is given up while the others have their share, or are not there")
    void nothingShouldBeGivenUpForNothing() {
        FIVE.forEach(account -> share.take(account, 0));
        share.hear(Set.of("two"), List.of("one", "one", "one", "one", "one", "two", "two", "two"));
        assertThat(share.surplus(0)).isEmpty();
        share.hear(Set.of(), List.of("one", "one", "one", "one", "one"));
        assertThat(share.surplus(0)).isEmpty();
    }

    @Test
    @DisplayName("what was taken because nobody else did is offered again when another joins, or after minutes")
    void whatWasKeptShouldBeOfferedAgain() {
        share.elsewhere("b");
        share.hear(Set.of("two"), List.of());
        assertThat(share.take("a", 0)).isTrue();
        assertThat(share.take("b", 0)).isFalse();
        assertThat(share.take("b", PollShare.PATIENCE_NANOS)).isTrue();
        share.release("a");
        share.take("a", 0);
        assertThat(share.take("a", PollShare.PATIENCE_NANOS)).isTrue();
        assertThat(share.surplus(PollShare.PATIENCE_NANOS)).as("both were kept").isEmpty();
        assertThat(share.surplus(PollShare.PATIENCE_NANOS + PollShare.KEEP_NANOS))
                .contains("a");
        share.hear(Set.of("three"), List.of());
        assertThat(share.surplus(PollShare.PATIENCE_NANOS)).contains("a");
    }
}
