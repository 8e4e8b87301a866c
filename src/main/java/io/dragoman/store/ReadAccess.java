// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.util.function.Function;

/** A store that can be read: the one that a gateway writes, or one opened read-only. */
public interface ReadAccess {
    /** Runs a query; sees all that is committed. */
    <T> T read(Function<Tx, T> work);
}
