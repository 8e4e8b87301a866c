// SPDX-License-Identifier: Apache-2.0
/** Facebook Messenger of a page. {@link io.dragoman.channel.messenger.Messenger} is the way in. */
@NullMarked
package io.dragoman.channel.messenger;

import org.jspecify.annotations.NullMarked;
