// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import io.dragoman.simulator.Answering.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a call of the gateway's ends at a provider in trouble. */
public enum CallFault {
    /** There are too many now, with a time to wait. */
    THROTTLED(Answer.THROTTLED, 429),
    /** The provider cannot take it now. */
    BUSY(Answer.BUSY, 503),
    /** It is refused for good. */
    REFUSED(Answer.REFUSED, 400),
    /** The access token is over. */
    EXPIRED(null, 401),
    /** Something went wrong there. */
    FAILED(Answer.FAILED, 500),
    /** Nothing is answered. */
    SILENT(Answer.SILENT, SimulatorResponse.SILENCE),
    /** The connection ends before the answer. */
    CUT(Answer.CUT, SimulatorResponse.END),
    /** An answer that makes no sense. */
    ODD(Answer.ODD, 200);

    private final @Nullable Answer answer;
    private final int status;

    CallFault(@Nullable Answer answer, int status) {
        this.answer = answer;
        this.status = status;
    }

    /** The same in a protocol of its own; empty where it has none. */
    public Optional<Answer> answer() {
        return Optional.ofNullable(answer);
    }

    /** The same over HTTP. */
    SimulatorResponse response() {
        return switch (this) {
            case THROTTLED -> SimulatorResponse.json(status, Map.of("Retry-After", "5"), "{}");
            case ODD ->
                new SimulatorResponse(
                        status, "text/html", Map.of(), "<html>It works!".getBytes(StandardCharsets.UTF_8));
            default -> SimulatorResponse.json(status, "{}");
        };
    }
}
