// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** What sending the same thing again does, and how to find out whether it has to be. */
public enum RetrySafety {
    /** The target knows our key and recognises a repetition: repeat freely. */
    IDEMPOTENT,
    /** A repetition doubles, but the target can be queried first: see {@link DeliveryLookup}. */
    QUERYABLE,
    /** A repetition may double, and the target cannot be queried: see {@link OnUncertain}. */
    NEITHER
}
