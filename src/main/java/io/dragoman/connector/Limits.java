// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Part.MediaKind;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a channel can take, as data; a rendering fits messages into it. Zero means: cannot show it at all.
 *
 * @param text the longest text, counted in {@code unit}
 * @param caption the longest text beside a medium, counted in {@code unit}; 0 sends them one after the other
 * @param buttons the most choices shown as buttons
 * @param rows the most choices shown as a list
 * @param choiceText the longest question above choices
 * @param choiceTitle the longest title of a choice, in UTF-16 units
 * @param media the media that it takes; a kind that is missing goes as a link
 * @param location whether it shows a place
 * @param contacts whether it shows address cards
 * @param templates whether it knows approved templates
 * @param replyWindow how long after the customer's last message we may write freely; null for ever
 */
public record Limits(
        int text,
        Unit unit,
        int caption,
        int buttons,
        int rows,
        int choiceText,
        int choiceTitle,
        Map<MediaKind, MediaLimit> media,
        boolean location,
        boolean contacts,
        boolean templates,
        @Nullable Duration replyWindow) {
    /** For a desk, which takes everything. */
    public static final Limits NONE =
            new Limits(Integer.MAX_VALUE, Unit.UTF_16, 0, 0, 0, 0, 0, Map.of(), true, true, true, null);

    public Limits {
        media = Map.copyOf(media);
    }

    /** How a channel counts. */
    public enum Unit {
        /** Java's own {@code char}s, as Telegram does. */
        UTF_16,
        /** Code points. */
        CHARACTERS,
        /** GSM 03.38 septets, or UTF-16 units when a character is outside that alphabet. */
        SMS
    }

    /**
     * What may be sent of one kind.
     *
     * @param types MIME types, or {@code image/*}; empty takes any
     * @param largest in bytes
     */
    public record MediaLimit(Set<String> types, long largest) {
        public static MediaLimit any(long largest) {
            return new MediaLimit(Set.of(), largest);
        }

        public boolean takes(String mimeType) {
            return types.isEmpty()
                    || types.contains(mimeType)
                    || types.contains(mimeType.substring(0, Math.max(0, mimeType.indexOf('/'))) + "/*");
        }
    }
}
