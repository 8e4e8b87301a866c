// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.util.function.Function;

/** A store that can be looked into: the one that a gateway writes, or one that is opened only to look. */
public interface ReadAccess {
    /** Looks something up; sees all that is committed. */
    <T> T read(Function<Tx, T> work);
}
