// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import java.util.Locale;

/** How large something is, as people say it. */
public final class SizeText {
    private static final long MEGA = 1_000_000;

    private SizeText() {}

    /** Such as {@code 30 MB} or {@code 41.2 MB}. */
    public static String of(long bytes) {
        if (bytes >= MEGA && bytes % MEGA == 0) {
            return bytes / MEGA + " MB"; // a limit that was set in these
        }
        if (bytes < 1024) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        boolean large = bytes >= 1024 * 1024;
        double units = (double) bytes / (large ? 1024 * 1024 : 1024);
        return String.format(Locale.ROOT, "%.1f", units).replaceFirst("\\.0$", "") + (large ? " MB" : " KB");
    }
}
