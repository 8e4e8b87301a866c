// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.agent;

import io.dragoman.app.agent.AgentCommands.Result;
import io.dragoman.app.agent.AgentCommands.Taken;

/** A command that is not taken. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final Taken how;
    private final String why;

    Refused(Taken how, String why) {
        super(why, null, false, false);
        this.how = how;
        this.why = why;
    }

    Refused(Taken how) {
        this(how, "");
    }

    Result result() {
        return new Result(how, "", why);
    }
}
