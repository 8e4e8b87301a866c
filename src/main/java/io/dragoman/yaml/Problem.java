// SPDX-License-Identifier: Apache-2.0
package io.dragoman.yaml;

/**
 * Something in a file that cannot stand, or that should not.
 *
 * @param file as the user knows it, such as {@code config/rules.yaml}
 * @param line from 1; 0 when the whole file is meant
 * @param path where in the document, such as {@code rules[2].when.text}
 * @param message what was found, what was expected and what to do
 * @param warning whether the configuration works all the same
 */
public record Problem(String file, int line, int column, String path, String message, boolean warning) {
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line + ":" + column;
        return place + (path.isEmpty() ? " " : " " + path + " ") + message;
    }
}
