// SPDX-License-Identifier: Apache-2.0
/** LinkedIn's Community Management API on this machine. Shares no code with the channel. */
@org.jspecify.annotations.NullMarked
package io.dragoman.simulator.linkedin;
