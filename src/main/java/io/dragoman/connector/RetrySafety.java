// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** What sending the same thing again does, and how to find out whether it has to be. */
public enum RetrySafety {
    /** The other side knows our key and takes a repetition for what it is: repeat freely. */
    IDEMPOTENT,
    /** A repetition doubles, but the other side can be asked first: see {@link DeliveryLookup}. */
    QUERYABLE,
    /** A repetition may double, and the target cannot be queried: see {@link OnUncertain}. */
    NEITHER
}
