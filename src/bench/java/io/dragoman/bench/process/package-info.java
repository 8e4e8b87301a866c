// SPDX-License-Identifier: Apache-2.0
/** The processes that the benchmarks start, and end. */
@NullMarked
package io.dragoman.bench.process;

import org.jspecify.annotations.NullMarked;
