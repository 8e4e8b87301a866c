// SPDX-License-Identifier: Apache-2.0
/** FreeScout on this machine. */
@NullMarked
package io.dragoman.simulator.freescout;

import org.jspecify.annotations.NullMarked;
