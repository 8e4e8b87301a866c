// SPDX-License-Identifier: Apache-2.0
/** Telegram bots: updates by webhook or long polling, answers through the Bot API. */
@NullMarked
package io.dragoman.channel.telegram;

import org.jspecify.annotations.NullMarked;
