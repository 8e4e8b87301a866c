// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

/** Checks that a record's constructor makes. */
final class Require {
    private Require() {}

    static void notBlank(String value, String name) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is blank");
        }
    }
}
