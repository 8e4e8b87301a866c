// SPDX-License-Identifier: Apache-2.0
/** LINE official accounts through the Messaging API: chats, groups and rooms. */
@org.jspecify.annotations.NullMarked
package io.dragoman.channel.line;
