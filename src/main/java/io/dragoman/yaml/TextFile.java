// SPDX-License-Identifier: Apache-2.0
package io.dragoman.yaml;

/**
 * A file beside the YAML files, as it was read.
 *
 * @param name as the user knows it, such as {@code config/faq/delivery.de.md}
 */
public record TextFile(String name, String text) {
    @Override
    public String toString() {
        return "TextFile[" + name + "]";
    }
}
