// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.smpp;

import io.dragoman.simulator.Answering.Answer;
import io.dragoman.simulator.Script;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jsmpp.SMPPConstant;

/** The command_status of a submit_sm that is not taken. */
final class AnsweredSubmit {
    /** Longer than whoever is impatient waits. */
    private static final long SILENT_NANOS = 3_000_000_000L;

    private static final Map<Answer, Integer> STATUSES = Map.of(
            Answer.THROTTLED, SMPPConstant.STAT_ESME_RTHROTTLED,
            Answer.BUSY, SMPPConstant.STAT_ESME_RMSGQFUL,
            Answer.REFUSED, SMPPConstant.STAT_ESME_RINVDSTADR);
    /** Of networks and of nobody: 0x400 to 0x4ff are each vendor's own. */
    private static final List<Integer> ODD = List.of(0x400, 0x4ff, 0xff, 0x7fffffff, -1, 0x09);

    private AnsweredSubmit() {}

    /** Where nothing is answered the sessions end: at once, or when whoever waits has gone. */
    static int status(Answer answer, Script script, SmppSessions sessions) {
        if (answer == Answer.SILENT) {
            long end = System.nanoTime() + SILENT_NANOS;
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
        }
        if (answer == Answer.SILENT || answer == Answer.CUT) {
            sessions.disconnect();
        }
        return answer == Answer.ODD ? script.odd(ODD) : STATUSES.getOrDefault(answer, SMPPConstant.STAT_ESME_RSYSERR);
    }
}
