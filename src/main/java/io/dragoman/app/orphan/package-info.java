// SPDX-License-Identifier: Apache-2.0
/** What belongs to channels and desks that are not configured any more. */
@NullMarked
package io.dragoman.app.orphan;

import org.jspecify.annotations.NullMarked;
