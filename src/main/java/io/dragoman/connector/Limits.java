// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.connector.kit.Rendering;
import io.dragoman.model.Part.MediaKind;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a channel can take, as data; {@link Rendering} fits messages into it. Zero means: cannot show it at all.
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
 * @param seen whether it can be told that a message was seen
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
        boolean seen,
        @Nullable Duration replyWindow) {
    /** For a desk, which takes everything. */
    public static final Limits NONE = text(Integer.MAX_VALUE, Unit.UTF_16)
            .location(true)
            .contacts(true)
            .templates(true)
            .build();

    public Limits {
        media = Map.copyOf(media);
    }

    /** Begins with a channel that takes texts up to this length, and nothing else but what is said now. */
    public static Builder text(int longest, Unit unit) {
        return new Builder(longest, unit);
    }

    /** Names what a channel can take. For one thread. */
    public static final class Builder {
        private final int text;
        private final Unit unit;
        private int caption;
        private int buttons;
        private int rows;
        private int choiceText;
        private int choiceTitle;
        private Map<MediaKind, MediaLimit> media = Map.of();
        private boolean location;
        private boolean contacts;
        private boolean templates;
        private boolean seen;
        private @Nullable Duration replyWindow;

        private Builder(int text, Unit unit) {
            this.text = text;
            this.unit = unit;
        }

        public Builder caption(int longest) {
            caption = longest;
            return this;
        }

        /** Choices, as buttons up to so many and as a list up to so many. */
        public Builder choices(int mostButtons, int mostRows) {
            buttons = mostButtons;
            rows = mostRows;
            return this;
        }

        /** How long the question above choices may be, and the title of each. */
        public Builder choiceTexts(int longestQuestion, int longestTitle) {
            choiceText = longestQuestion;
            choiceTitle = longestTitle;
            return this;
        }

        public Builder media(Map<MediaKind, MediaLimit> taken) {
            media = taken;
            return this;
        }

        public Builder location(boolean shown) {
            location = shown;
            return this;
        }

        public Builder contacts(boolean shown) {
            contacts = shown;
            return this;
        }

        public Builder templates(boolean known) {
            templates = known;
            return this;
        }

        public Builder seen(boolean told) {
            seen = told;
            return this;
        }

        public Builder replyWindow(@Nullable Duration window) {
            replyWindow = window;
            return this;
        }

        public Limits build() {
            return new Limits(
                    text,
                    unit,
                    caption,
                    buttons,
                    rows,
                    choiceText,
                    choiceTitle,
                    media,
                    location,
                    contacts,
                    templates,
                    seen,
                    replyWindow);
        }
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
