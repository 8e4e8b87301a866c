// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class AdmissionControlTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PortLimits limits = new PortLimits(100, 10, 6, 1_000, 10, List.of());

    @Test
    void whoAsksTooOftenComesAgainLater() {
        AdmissionControl gate = new AdmissionControl(limits, false, "public", meters);
        for (int i = 0; i < 10; i++) {
            assertThat(gate.enter("a", false, 0)).isNull();
        }
        assertThat(gate.enter("a", false, 0))
                .extracting(ProblemDetails::status, ProblemDetails::later)
                .containsExactly(429, 1);
        assertThat(gate.enter("b", false, 0)).isNull();
        assertThat(gate.enter("a", false, SECOND)).isNull();
        assertThat(counted(AdmissionControl.RATE)).isEqualTo(1);
    }

    @Test
    void forgeriesHear429ButNeverShutOutWhoIsGenuine() {
        AdmissionControl gate = new AdmissionControl(limits, false, "public", meters);
        for (int i = 0; i < 6; i++) {
            assertThat(gate.refused("proxy", 0)).isNull();
        }
        assertThat(gate.refused("proxy", 0))
                .extracting(ProblemDetails::status, ProblemDetails::later)
                .containsExactly(429, 60);
        assertThat(gate.enter("proxy", true, 0)).isNull();
        assertThat(gate.refused("other", 0)).isNull();
        assertThat(gate.refused("proxy", 61 * SECOND)).isNull();
        assertThat(counted(AdmissionControl.REFUSED)).isEqualTo(1);
    }

    @Test
    void whoGuessesTokensIsShutOutUntilItCalms() {
        AdmissionControl gate = new AdmissionControl(limits, true, "admin", meters);
        for (int i = 0; i < 6; i++) {
            assertThat(gate.enter("a", true, 0)).isNull();
            assertThat(gate.refused("a", 0)).isNull();
        }
        assertThat(gate.enter("a", true, SECOND))
                .extracting(ProblemDetails::status)
                .isEqualTo(429);
        assertThat(gate.enter("a", false, SECOND)).isNull(); // a probe of health guesses nothing
        assertThat(gate.enter("b", true, SECOND)).isNull();
        assertThat(gate.enter("a", true, 11 * SECOND)).isNull(); // one guess in ten seconds
    }

    @Test
    void bodiesTogetherAreBounded() {
        AdmissionControl gate = new AdmissionControl(limits, false, "public", meters);
        assertThat(gate.hold(600)).isNull();
        assertThat(gate.hold(400)).isNull();
        assertThat(gate.hold(1))
                .extracting(ProblemDetails::status, ProblemDetails::later)
                .containsExactly(503, 5);
        gate.release(400);
        assertThat(gate.hold(1)).isNull();
        assertThat(gate.held()).isEqualTo(601);
        assertThat(counted(AdmissionControl.BODIES)).isEqualTo(1);
    }

    private double counted(String why) {
        return meters.counter("dragoman.http.refused", "port", "public", "why", why)
                .count();
    }
}
