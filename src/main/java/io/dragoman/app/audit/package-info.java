// SPDX-License-Identifier: Apache-2.0
/** Who did what, when and from where. */
@NullMarked
package io.dragoman.app.audit;

import org.jspecify.annotations.NullMarked;
