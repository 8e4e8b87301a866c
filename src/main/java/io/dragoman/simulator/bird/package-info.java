// SPDX-License-Identifier: Apache-2.0
/** A simulated Bird: its Channels API and the classic API of MessageBird. Shares no code with the channel. */
@org.jspecify.annotations.NullMarked
package io.dragoman.simulator.bird;
