// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.dragoman.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LogPaceTest {
    private final TestClock clock = TestClock.at(Instant.parse("2026-11-28T10:00:00Z"));
    private final Logger log = (Logger) LoggerFactory.getLogger("pace");
    private final LogPace pace = new LogPace(log, "deliveries that were sent", clock);

    @Test
    void littleIsLoggedOneByOneAndMuchIsCounted() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        List<Level> levels = IntStream.range(0, 50).mapToObj(i -> pace.next()).toList();
        assertThat(levels.subList(0, 20)).containsOnly(Level.INFO);
        assertThat(levels.subList(20, 50)).containsOnly(Level.DEBUG);
        assertThat(lines.list).isEmpty();

        clock.move(Duration.ofSeconds(1));
        assertThat(pace.next()).isEqualTo(Level.INFO);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("30 more deliveries that were sent, each at DEBUG");
        clock.move(Duration.ofSeconds(1));
        pace.next();
        assertThat(lines.list).hasSize(1);
    }
}
