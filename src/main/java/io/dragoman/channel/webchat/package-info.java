// SPDX-License-Identifier: Apache-2.0
/** The chat widget for websites: visitors send by POST and read their feed by server-sent events. */
@NullMarked
package io.dragoman.channel.webchat;

import org.jspecify.annotations.NullMarked;
