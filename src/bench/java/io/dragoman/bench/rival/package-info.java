// SPDX-License-Identifier: Apache-2.0
/** What the gateway is compared with. */
@NullMarked
package io.dragoman.bench.rival;

import org.jspecify.annotations.NullMarked;
