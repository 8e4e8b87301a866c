// SPDX-License-Identifier: Apache-2.0
/** Direct messages to an X account, and posts that mention it. */
@org.jspecify.annotations.NullMarked
package io.dragoman.channel.x;
