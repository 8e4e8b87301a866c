// SPDX-License-Identifier: Apache-2.0
/** How it goes, at one look: what came and went, what waits, and what needs a person. */
@NullMarked
package io.dragoman.app.overview;

import org.jspecify.annotations.NullMarked;
