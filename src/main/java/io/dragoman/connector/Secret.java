// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.nio.charset.StandardCharsets;

/** A value that must never be shown: its text is {@code ***}. */
public record Secret(String value) {
    public Secret {
        if (value.isBlank()) {
            throw new IllegalArgumentException("must not be blank");
        }
    }

    /** The value as UTF-8, for a signature. */
    public byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "***";
    }
}
