// SPDX-License-Identifier: Apache-2.0
/** A stand-in for Twilio Programmable Messaging. */
@NullMarked
package io.dragoman.simulator.twilio;

import org.jspecify.annotations.NullMarked;
