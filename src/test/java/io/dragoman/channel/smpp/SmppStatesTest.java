// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.channel.smpp.BreakingCentre.State;
import io.dragoman.connector.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The line breaks in each state of a session (SMPP 3.4, 2.2), with one session both ways and with a pair. */
@Timeout(120)
final class SmppStatesTest {
    /** For an answer, where nobody notices that the line is gone. */
    private static final Duration WAITED = Duration.ofSeconds(30);

    private static final String ANA = "+4917000001";

    static Stream<Arguments> states() {
        return Stream.of("transceiver", "pair")
                .flatMap(bind -> Arrays.stream(State.values()).map(state -> Arguments.of(bind, state)));
    }

    private static Map<String, String> settings(BreakingCentre centre, String bind, State state) {
        return Map.of(
                "host", "127.0.0.1",
                "port", String.valueOf(centre.port()),
                "tls", "false",
                "systemId", "shop",
                "password", "secret",
                "bind", bind,
                "timeout", WAITED.toSeconds() + "s",
                "enquireLink", state == State.ENQUIRE_PENDING ? "0.2s" : "30s",
                "from", "+4930114");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("states")
    void sessionThatBreaksShouldBeReplacedAndLoseNothing(String bind, State state) throws Exception {
        int all = bind.equals("pair") ? 2 : 1;
        try (BreakingCentre centre = new BreakingCentre()) {
            SmppLine line = new SmppLine(settings(centre, bind, state));
            if (state == State.OPEN) {
                centre.breakIn(state);
            }
            line.untilThough(() -> centre.bound() == all);
            int logins = centre.logins();
            line = breaks(line, centre, state);
            SmppLine after = line;
            assertThat(centre.breaks()).isEqualTo(1);
            after.untilThough(() -> {
                after.context.clock.move(Duration.ofSeconds(10)); // a place waits longer after each failure
                return centre.bound() == all;
            });
            assertThat(centre.logins()).isGreaterThanOrEqualTo(state == State.OPEN ? all : logins + 1);
            assertThat(after.send("k-after", ANA, "after all")).isInstanceOf(Outcome.Sent.class);
            centre.delivers(77, "and back");
            after.untilThough(() -> centre.acknowledged.contains(77));
            assertThat(after.texts())
                    .as("what came before the break is there once")
                    .isEqualTo(state == State.DELIVER_PENDING ? List.of("under way", "and back") : List.of("and back"));
            after.close();
        }
    }

    /** Brings about the state, and what is to be so at once. */
    private static SmppLine breaks(SmppLine line, BreakingCentre centre, State state) throws Exception {
        switch (state) {
            case OPEN -> {}
            case BOUND -> centre.breakIn(state);
            case SUBMIT_PENDING -> {
                centre.breakIn(state);
                long begin = System.nanoTime();
                assertThat(line.send("k-before", ANA, "under way"))
                        .as("the centre may have it")
                        .isInstanceOf(Outcome.Uncertain.class);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(WAITED);
                assertThat(centre.submitted).hasSize(1);
            }
            case DELIVER_PENDING -> {
                centre.delivers(5, "under way");
                line.until(() -> !line.texts().isEmpty());
                assertThat(centre.acknowledged)
                        .as("it is answered by the next poll")
                        .isEmpty();
                centre.breakIn(state);
                line.untilThough(centre::receives);
                centre.delivers(6, "under way"); // it has no answer, so it comes again
                line.untilThough(() -> centre.acknowledged.contains(6));
            }
            case ENQUIRE_PENDING -> {
                centre.breakIn(state);
                line.untilThough(() -> centre.breaks() == 1);
            }
            case UNBINDING -> {
                centre.breakIn(state);
                line.stop(); // hangs for nobody
                return line.restarted();
            }
        }
        return line;
    }
}
