// SPDX-License-Identifier: Apache-2.0
/** A simulated Matrix homeserver. Shares no code with the channel. */
@org.jspecify.annotations.NullMarked
package io.dragoman.simulator.matrix;
