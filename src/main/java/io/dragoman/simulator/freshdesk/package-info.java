// SPDX-License-Identifier: Apache-2.0
/** Freshdesk on this machine. */
@NullMarked
package io.dragoman.simulator.freshdesk;

import org.jspecify.annotations.NullMarked;
