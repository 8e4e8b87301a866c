// SPDX-License-Identifier: Apache-2.0
/** The process that sends customers' webhooks. */
@NullMarked
package io.dragoman.bench.load;

import org.jspecify.annotations.NullMarked;
