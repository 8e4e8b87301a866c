// SPDX-License-Identifier: Apache-2.0
/** Business hours. */
@NullMarked
package io.dragoman.rules.hours;

import org.jspecify.annotations.NullMarked;
