// SPDX-License-Identifier: Apache-2.0
/** Chatwoot on this machine. */
@NullMarked
package io.dragoman.simulator.chatwoot;

import org.jspecify.annotations.NullMarked;
