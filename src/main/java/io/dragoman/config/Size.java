// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Setting;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 512 KB}, {@code 4 MB}, {@code 1 GB}. */
final class Size {
    private static final Pattern FORM = Pattern.compile("(\\d{1,10}) ?([KMG]?B)?");

    private Size() {}

    /** A setting whose value is a number of bytes from 1 to {@code most}. */
    static Setting<Long> setting(String name, String description, long most) {
        return new Setting<>(
                name, description, Setting.Type.TEXT, null, false, List.of(), text -> parse(text.trim(), most));
    }

    private static long parse(String text, long most) {
        Matcher form = FORM.matcher(text.toUpperCase(Locale.ROOT));
        if (form.matches()) {
            long bytes = Long.parseLong(form.group(1)) * unit(form.group(2));
            if (bytes > 0 && bytes <= most) {
                return bytes;
            }
        }
        throw new IllegalArgumentException(
                "must be a size such as 512 KB or 4 MB, at most " + most / (1024 * 1024) + " MB");
    }

    private static long unit(@org.jspecify.annotations.Nullable String word) {
        if (word == null) {
            return 1;
        }
        return switch (word) {
            case "KB" -> 1024L;
            case "MB" -> 1024L * 1024;
            case "GB" -> 1024L * 1024 * 1024;
            default -> 1L;
        };
    }
}
