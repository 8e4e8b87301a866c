// SPDX-License-Identifier: Apache-2.0
/** What is public on a Facebook page. {@link io.dragoman.channel.facebook.Facebook} is the way in. */
@NullMarked
package io.dragoman.channel.facebook;

import org.jspecify.annotations.NullMarked;
