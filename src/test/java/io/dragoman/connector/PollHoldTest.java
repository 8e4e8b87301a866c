// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When what is held between polls is closed. */
final class PollHoldTest {
    private final List<String> done = new ArrayList<>();
    private final PollHold hold = new PollHold(() -> done.add("close"), () -> done.add("wake"));
    private final TestPollContext context = new TestPollContext();

    @Test
    void stoppingBetweenPollsShouldCloseAtOnce() {
        hold.begin(context);
        hold.end(context);
        hold.begin(context);
        hold.end(context);
        assertThat(done).as("it is held").isEmpty();
        context.stop();
        assertThat(done).containsExactly("close");
    }

    @Test
    void stoppingDuringAPollShouldWakeItAndCloseAfterIt() {
        hold.begin(context);
        context.stop();
        assertThat(done).containsExactly("wake");
        hold.end(context);
        assertThat(done).containsExactly("wake", "close");
    }

    @Test
    void anotherContextShouldStopItToo() {
        hold.begin(context);
        hold.end(context);
        TestPollContext next = new TestPollContext();
        hold.begin(next);
        hold.end(next);
        next.stop();
        assertThat(done).containsExactly("close");
    }
}
