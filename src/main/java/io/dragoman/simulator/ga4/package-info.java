// SPDX-License-Identifier: Apache-2.0
/** Google Analytics 4 on this machine, as its Measurement Protocol answers. */
@NullMarked
package io.dragoman.simulator.ga4;

import org.jspecify.annotations.NullMarked;
