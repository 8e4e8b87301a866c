// SPDX-License-Identifier: Apache-2.0
/** A simulated Front company with one application channel: inbound messages, and the posts of the channel and of the app. */
@NullMarked
package io.dragoman.simulator.front;

import org.jspecify.annotations.NullMarked;
