// SPDX-License-Identifier: Apache-2.0
/** Texts as rules search, compare and quote them. */
@NullMarked
package io.dragoman.rules.text;

import org.jspecify.annotations.NullMarked;
