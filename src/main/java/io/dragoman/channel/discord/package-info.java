// SPDX-License-Identifier: Apache-2.0
/** Discord bots: direct messages, servers' channels and threads, slash commands, buttons and forms. */
@org.jspecify.annotations.NullMarked
package io.dragoman.channel.discord;
