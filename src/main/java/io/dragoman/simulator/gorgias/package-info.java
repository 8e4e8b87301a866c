// SPDX-License-Identifier: Apache-2.0
/** A simulated Gorgias account: tickets, messages, customers, and an HTTP integration. */
@NullMarked
package io.dragoman.simulator.gorgias;

import org.jspecify.annotations.NullMarked;
