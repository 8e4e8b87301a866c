// SPDX-License-Identifier: Apache-2.0
/** Content-addressed files: media, and bodies too large for a row. */
@NullMarked
package io.dragoman.store.blob;

import org.jspecify.annotations.NullMarked;
