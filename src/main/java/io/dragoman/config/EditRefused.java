// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.yaml.Problem;
import java.util.List;

/** The configuration was not changed; the message says why, as a sentence, and what to do. */
public final class EditRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final Why why;
    private final transient List<Problem> problems;

    EditRefused(Why why, String message) {
        this(why, message, List.of());
    }

    EditRefused(Why why, String message, List<Problem> problems) {
        super(message, null, false, false);
        this.why = why;
        this.problems = List.copyOf(problems);
    }

    /** Why it was not changed. */
    public enum Why {
        /** The operator keeps it elsewhere. */
        READ_ONLY,
        /** Somebody else changed the file meanwhile. */
        CHANGED,
        /** There is nothing of this name. */
        UNKNOWN,
        /** The file is written in a way that only a person can change, or cannot be written. */
        BY_HAND,
        /** It would not work. */
        INVALID
    }

    public Why why() {
        return why;
    }

    /** What would not work, each with its place. */
    public List<Problem> problems() {
        return problems;
    }
}
