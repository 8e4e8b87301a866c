// SPDX-License-Identifier: Apache-2.0
/** The nouns of the product as immutable records that cannot be built wrong, and their one JSON form. Depends on nothing. */
@NullMarked
package io.dragoman.model;

import org.jspecify.annotations.NullMarked;
