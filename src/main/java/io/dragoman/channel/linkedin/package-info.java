// SPDX-License-Identifier: Apache-2.0
/** Comments on the posts of a LinkedIn page. {@link io.dragoman.channel.linkedin.LinkedIn} is the way in. */
@NullMarked
package io.dragoman.channel.linkedin;

import org.jspecify.annotations.NullMarked;
