// SPDX-License-Identifier: Apache-2.0
/** HTTP/1.1 over plain sockets, as cheap as can be: what measures shares the processors with what is measured. */
@NullMarked
package io.dragoman.bench.wire;

import org.jspecify.annotations.NullMarked;
