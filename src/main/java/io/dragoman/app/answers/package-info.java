// SPDX-License-Identifier: Apache-2.0
/** What customers asked and the FAQ has no answer to. */
@NullMarked
package io.dragoman.app.answers;

import org.jspecify.annotations.NullMarked;
