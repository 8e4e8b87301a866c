// SPDX-License-Identifier: Apache-2.0
/** The rules as a whole: what they say, how often each matched, and what others would do in their place. */
@NullMarked
package io.dragoman.app.ruleset;

import org.jspecify.annotations.NullMarked;
