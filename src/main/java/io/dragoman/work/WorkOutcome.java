// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.model.Reason;
import org.jspecify.annotations.Nullable;

/** How a piece of work ended, in words of ours alone: no text, address or id of anybody else's. */
public interface WorkOutcome {
    /** Null while it has not ended. */
    @Nullable
    String endedAs();

    @Nullable
    Reason endedBecause();

    /** Whether somebody may have to do something about it. */
    boolean isFailure();
}
