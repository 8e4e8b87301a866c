// SPDX-License-Identifier: Apache-2.0
/** A simulated Help Scout account: conversations, threads, customers, signed webhooks. */
@NullMarked
package io.dragoman.simulator.helpscout;

import org.jspecify.annotations.NullMarked;
