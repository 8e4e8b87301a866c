// SPDX-License-Identifier: Apache-2.0
/** What the configuration was understood as. */
@NullMarked
package io.dragoman.app.check;

import org.jspecify.annotations.NullMarked;
