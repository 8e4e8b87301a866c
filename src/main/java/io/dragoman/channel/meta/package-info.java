// SPDX-License-Identifier: Apache-2.0
/** What the channels of Meta's apps share: {@link io.dragoman.channel.meta.MetaChannel} is the way in. */
@NullMarked
package io.dragoman.channel.meta;

import org.jspecify.annotations.NullMarked;
