// SPDX-License-Identifier: Apache-2.0
/** A stand-in for what is public on a Facebook page. */
@NullMarked
package io.dragoman.simulator.facebook;

import org.jspecify.annotations.NullMarked;
