// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** One benchmark: a command that measures, and prints a table last. */
abstract class Benchmark implements Callable<Integer> {
    @Mixin
    final BenchOptions options = new BenchOptions();

    /** Measures; what it finds wrong with the effects is an exception. */
    abstract Table measure() throws IOException;

    @Override
    public Integer call() throws IOException {
        measure().print();
        return 0;
    }
}
