// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class UnknownAddressesTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final UnknownAddresses unknown = new UnknownAddresses(meters);
    private final Logger logger = (Logger) LoggerFactory.getLogger(UnknownAddresses.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void aSideIsToldOncePerMinuteWithoutWhatStrangersChoseAndAlwaysCounted() {
        unknown.asked("/desks/old", 0);
        unknown.asked("/desks/old", TimeUnit.SECONDS.toNanos(59));
        unknown.asked("/channels/old", TimeUnit.SECONDS.toNanos(59));
        unknown.asked("/desks/old", TimeUnit.SECONDS.toNanos(60));
        assertThat(log.list)
                .extracting(event ->
                        event.getLevel() + " " + event.getFormattedMessage().split(": none ")[0])
                .containsExactly(
                        "WARN http: 404 below /desks/",
                        "WARN http: 404 below /channels/",
                        "WARN http: 404 below /desks/");
        assertThat(counted()).isEqualTo(4);
    }

    @Test
    void guessesDoNotFillTheLog() {
        for (int i = 0; i < 1000; i++) {
            unknown.asked("/desks/guess" + i, i);
        }
        assertThat(log.list).hasSize(1);
        assertThat(counted()).isEqualTo(1000);
    }

    @Test
    void whatIsNoAccountsAddressIsNeitherToldNorCounted() {
        for (String path : new String[] {"/", "/wp-login.php", "/desks/", "/desks/a/b", "/desks/a\nb", "/media/x"}) {
            unknown.asked(path, 0);
        }
        assertThat(log.list).isEmpty();
        assertThat(counted()).isZero();
    }

    private double counted() {
        return meters.get("dragoman.http.refused")
                .tag("why", "unknown")
                .counter()
                .count();
    }
}
