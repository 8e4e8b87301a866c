// SPDX-License-Identifier: Apache-2.0
/** Our Camel components: {@code webhook:}, {@code poll:}, {@code lane:} and {@code intake:}. */
@NullMarked
package io.dragoman.route;

import org.jspecify.annotations.NullMarked;
