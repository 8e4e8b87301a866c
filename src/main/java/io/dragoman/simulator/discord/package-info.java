// SPDX-License-Identifier: Apache-2.0
/** A simulated Discord: its HTTP API, its Gateway, and the interactions that it posts. Shares no code with the channel. */
@org.jspecify.annotations.NullMarked
package io.dragoman.simulator.discord;
