// SPDX-License-Identifier: Apache-2.0
/** A stand-in for Instagram's API with one professional account. */
@NullMarked
package io.dragoman.simulator.instagram;

import org.jspecify.annotations.NullMarked;
