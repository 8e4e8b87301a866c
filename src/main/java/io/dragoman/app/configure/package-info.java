// SPDX-License-Identifier: Apache-2.0
/** Channels, desks and rules as an operator sees and changes them: their health, and the files that they stand in. */
@NullMarked
package io.dragoman.app.configure;

import org.jspecify.annotations.NullMarked;
