// SPDX-License-Identifier: Apache-2.0
/** A Telegram Bot API server on this machine. */
@NullMarked
package io.dragoman.simulator.telegram;

import org.jspecify.annotations.NullMarked;
