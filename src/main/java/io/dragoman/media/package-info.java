// SPDX-License-Identifier: Apache-2.0
/** Media: content-addressed files, signed links to them, and the headers that make serving them harmless. */
@NullMarked
package io.dragoman.media;

import org.jspecify.annotations.NullMarked;
