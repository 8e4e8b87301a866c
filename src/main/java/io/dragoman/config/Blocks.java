// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Cidr;
import io.dragoman.connector.Setting;
import java.util.Arrays;
import java.util.List;

/** Blocks of addresses as people write them, with commas between: {@code 127.0.0.1, 10.1.0.0/16}. */
final class Blocks {
    private Blocks() {}

    /** A setting whose value is any number of blocks. */
    static Setting<List<Cidr>> setting(String name, String description) {
        return new Setting<>(name, description, Setting.Type.TEXT, null, false, List.of(), Blocks::parse);
    }

    private static List<Cidr> parse(String text) {
        try {
            return Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .map(Cidr::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "must be addresses or blocks of them with commas between, such as 127.0.0.1, 10.1.0.0/16", e);
        }
    }
}
