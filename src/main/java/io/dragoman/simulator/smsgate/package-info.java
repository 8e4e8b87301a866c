// SPDX-License-Identifier: Apache-2.0
/** A stand-in for SMS Gateway for Android with one phone, which the shipped profile {@code smsgate} describes. */
@NullMarked
package io.dragoman.simulator.smsgate;

import org.jspecify.annotations.NullMarked;
