// SPDX-License-Identifier: Apache-2.0
/** Microsoft Teams: chats and channels, through a bot and the Bot Connector's REST API. */
@org.jspecify.annotations.NullMarked
package io.dragoman.channel.teams;
