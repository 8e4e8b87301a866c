// SPDX-License-Identifier: Apache-2.0
/** A simulated SMS centre that speaks SMPP 3.4. Shares no code with the channel. */
@org.jspecify.annotations.NullMarked
package io.dragoman.simulator.smpp;
