// SPDX-License-Identifier: Apache-2.0
/** The benchmarks: one class each, and what they share. They see the gateway from outside alone. */
@NullMarked
package io.dragoman.bench;

import org.jspecify.annotations.NullMarked;
