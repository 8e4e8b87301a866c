// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel or desk as it stands in its file, whether or not it is any good.
 *
 * @param profile the one that it names; null for none
 * @param file as the user knows it, such as {@code config/channels.yaml}
 * @param line where its id stands, from 1; 0 for one that stands nowhere
 * @param off whether it is switched off
 */
public record WrittenAccount(
        Side side,
        String id,
        String kind,
        @Nullable String profile,
        String file,
        int line,
        boolean off,
        List<WrittenSetting> settings) {
    public WrittenAccount {
        settings = List.copyOf(settings);
    }

    /** How a setting stands there. */
    public enum Form {
        /** It is shown as it is written. */
        TEXT,
        /** It stands for a secret that is elsewhere, and is shown as it is written. */
        REFERENCE,
        /** It is a secret, or may hold one, and is not shown. */
        PLAIN
    }

    /**
     * One setting.
     *
     * @param name with dots for levels
     * @param text as it is written; empty for a secret that is written out
     * @param known whether this kind has such a setting
     */
    public record WrittenSetting(String name, String text, Form form, boolean known) {
        @Override
        public String toString() {
            return "WrittenSetting[" + name + ", " + form + "]";
        }
    }

    @Override
    public String toString() {
        return "WrittenAccount[" + id + ", " + kind + "]";
    }
}
