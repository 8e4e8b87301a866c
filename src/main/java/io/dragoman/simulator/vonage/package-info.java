// SPDX-License-Identifier: Apache-2.0
/** A simulated Vonage with both of its APIs for SMS. Shares no code with the channel. */
@org.jspecify.annotations.NullMarked
package io.dragoman.simulator.vonage;
