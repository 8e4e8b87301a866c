// SPDX-License-Identifier: Apache-2.0
/** Instagram of a professional account. {@link io.dragoman.channel.instagram.Instagram} is the way in. */
@NullMarked
package io.dragoman.channel.instagram;

import org.jspecify.annotations.NullMarked;
