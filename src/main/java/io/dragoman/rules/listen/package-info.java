// SPDX-License-Identifier: Apache-2.0
/** What is heard of what people write in public: streams, negative words, and what public answers wait for. */
@NullMarked
package io.dragoman.rules.listen;

import org.jspecify.annotations.NullMarked;
