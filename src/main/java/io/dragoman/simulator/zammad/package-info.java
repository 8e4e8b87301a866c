// SPDX-License-Identifier: Apache-2.0
/** Zammad on this machine. */
@NullMarked
package io.dragoman.simulator.zammad;

import org.jspecify.annotations.NullMarked;
