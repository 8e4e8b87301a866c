// SPDX-License-Identifier: Apache-2.0
/** Use cases, the same for the API, the command line and the console. */
@NullMarked
package io.dragoman.app;

import org.jspecify.annotations.NullMarked;
