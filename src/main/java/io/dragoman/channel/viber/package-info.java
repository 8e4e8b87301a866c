// SPDX-License-Identifier: Apache-2.0
/** Viber bots through Viber's REST API: one-to-one chats. */
@org.jspecify.annotations.NullMarked
package io.dragoman.channel.viber;
