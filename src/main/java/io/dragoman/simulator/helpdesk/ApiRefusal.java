// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpdesk;

import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.io.Serial;

/** What an API refuses, with the answer that says why. */
public final class ApiRefusal extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient SimulatorResponse response;

    /** With the whole answer. */
    public ApiRefusal(SimulatorResponse response) {
        super("refused with " + response.status());
        this.response = response;
    }

    /** With a JSON body. */
    public ApiRefusal(int status, Object json) {
        this(SimulatorResponse.json(status, json));
    }

    public SimulatorResponse response() {
        return response;
    }
}
