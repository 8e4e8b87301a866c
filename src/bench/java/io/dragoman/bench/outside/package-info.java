// SPDX-License-Identifier: Apache-2.0
/** The process that stands for a desk or a provider, and checks what arrives there. */
@NullMarked
package io.dragoman.bench.outside;

import org.jspecify.annotations.NullMarked;
