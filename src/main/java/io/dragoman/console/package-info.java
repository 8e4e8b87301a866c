// SPDX-License-Identifier: Apache-2.0
/** The console in the browser: its files, and who serves them. */
@NullMarked
package io.dragoman.console;

import org.jspecify.annotations.NullMarked;
