// SPDX-License-Identifier: Apache-2.0
/** The index that conversations are searched by: filled from the store, beside the work. */
@NullMarked
package io.dragoman.app.search;

import org.jspecify.annotations.NullMarked;
