// SPDX-License-Identifier: Apache-2.0
/** What the gateway says of itself to people: each sentence with a code, so that it can be said in other languages. */
@NullMarked
package io.dragoman.app.phrase;

import org.jspecify.annotations.NullMarked;
