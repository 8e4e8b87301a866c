// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.process;

import io.dragoman.bench.process.LoadProcess.Target;
import java.io.IOException;

/** What is measured: a program that takes webhooks. */
public interface Server {
    /** Where it will take them. */
    Target target();

    /** Starts it, and waits until it is ready. */
    Child start() throws IOException;
}
