// SPDX-License-Identifier: Apache-2.0
/** What rules would do, with nothing sent and nothing stored. */
@NullMarked
package io.dragoman.app.trial;

import org.jspecify.annotations.NullMarked;
