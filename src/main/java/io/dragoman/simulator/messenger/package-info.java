// SPDX-License-Identifier: Apache-2.0
/** A stand-in for Meta's Messenger Platform with one page. */
@NullMarked
package io.dragoman.simulator.messenger;

import org.jspecify.annotations.NullMarked;
