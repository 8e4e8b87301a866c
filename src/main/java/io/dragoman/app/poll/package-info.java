// SPDX-License-Identifier: Apache-2.0
/** What customers answered to polls. */
@NullMarked
package io.dragoman.app.poll;

import org.jspecify.annotations.NullMarked;
