// SPDX-License-Identifier: Apache-2.0
/** Twilio's Programmable Voice on this machine. Shares no code with the channel. */
@org.jspecify.annotations.NullMarked
package io.dragoman.simulator.voice;
