// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A failure for the log: classes and places in our code, and never a message, which could hold what a customer wrote. */
public final class RedactedStackTrace {
    private static final int FRAMES = 4;

    private RedactedStackTrace() {}

    public static String of(Throwable failure) {
        Throwable cause = failure.getCause();
        String places = Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.dragoman."))
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
        return failure.getClass().getName() + " at " + places
                + (cause == null || cause == failure
                        ? ""
                        : ", caused by " + cause.getClass().getName());
    }
}
