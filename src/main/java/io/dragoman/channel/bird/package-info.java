// SPDX-License-Identifier: Apache-2.0
/** SMS through Bird, formerly MessageBird: its Channels API, or the classic one of accounts from before. */
@org.jspecify.annotations.NullMarked
package io.dragoman.channel.bird;
