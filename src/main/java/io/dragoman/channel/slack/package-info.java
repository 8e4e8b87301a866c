// SPDX-License-Identifier: Apache-2.0
/** Slack workspaces: direct messages and threads in channels, through the Events API and the Web API. */
@org.jspecify.annotations.NullMarked
package io.dragoman.channel.slack;
