// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Card;
import io.dragoman.model.Part.MediaKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a channel can take, as data; a rendering fits messages into it. Zero means: cannot show it at all. Built from
 * {@link #text} on, name by name; what is not named it cannot show. Immutable.
 *
 * @param text the longest text, counted in {@code unit}
 * @param caption the longest text beside an attachment, counted in {@code unit}; 0 sends them one after the other
 * @param buttons the most choices shown as buttons
 * @param rows the most choices shown as a list
 * @param choiceText the longest question above choices
 * @param choiceTitle the longest title of a choice, in UTF-16 units
 * @param choiceMedia the attachments that it shows above choices as buttons, in one message with them
 * @param media the media that it takes; a kind that is missing goes as a link
 * @param location whether it shows a place
 * @param locationRequest the longest question above a button that sends a place; 0 for no such button
 * @param contacts whether it shows address cards
 * @param templates whether it knows approved templates
 * @param cards what cards it shows, alone and side by side, with their pictures and buttons; null for none
 * @param together how many bytes of attachments go in one message with all its texts; 0 where each part is a message
 * @param copies the most recipients beside the customer
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
        Set<MediaKind> choiceMedia,
        Map<MediaKind, MediaLimit> media,
        boolean location,
        int locationRequest,
        boolean contacts,
        boolean templates,
        @Nullable CardLimit cards,
        long together,
        int copies,
        @Nullable Duration replyWindow) {
    /** For a desk, which takes everything. */
    public static final Limits NONE = text(Integer.MAX_VALUE, Unit.UTF_16)
            .location()
            .locationRequest(Integer.MAX_VALUE)
            .contacts()
            .templates()
            .cards()
            .build();

    public Limits {
        media = Map.copyOf(media);
        choiceMedia = Set.copyOf(choiceMedia);
    }

    /** Of a channel that takes text alone, so far. */
    public static Builder text(int longest, Unit unit) {
        return new Builder(longest, unit);
    }

    /** How a channel counts. */
    public enum Unit {
        /** Java's own {@code char}s, as Telegram does. */
        UTF_16,
        /** Code points. */
        CHARACTERS,
        /** Bytes of UTF-8. */
        BYTES,
        /** GSM 03.38 septets, or UTF-16 units when a character is outside that alphabet. */
        SMS,
        /** As X counts a post: most scripts of Europe 1 a character, others and emoji 2, a web address 23. */
        WEIGHTED
    }

    /**
     * What may be sent of one kind.
     *
     * @param types MIME types, or {@code image/*}; empty takes any
     * @param largest in bytes
     */
    public record MediaLimit(Set<String> types, long largest) {
        public boolean takes(String mimeType) {
            return types.isEmpty()
                    || types.contains(mimeType)
                    || types.contains(mimeType.substring(0, Math.max(0, mimeType.indexOf('/'))) + "/*");
        }
    }

    /**
     * The cards that may be sent; texts are counted in UTF-16 units. What stands above cards goes before them.
     *
     * @param cards the most side by side; 1 shows each alone
     * @param buttons the most of each
     * @param buttonTitle the longest title of a button
     * @param mix which buttons may stand on one card
     */
    public record CardLimit(int cards, int buttons, int title, int text, int buttonTitle, ButtonMix mix) {
        /** Any cards, and what stands above them. */
        public static final CardLimit NONE = new CardLimit(
                Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

        /** With any buttons, or none. */
        public CardLimit(int cards, int buttons, int title, int text, int buttonTitle) {
            this(cards, buttons, title, text, buttonTitle, ButtonMix.ANY);
        }
    }

    /** Which buttons may stand on one card. */
    public enum ButtonMix {
        /** Links and answers beside each other, or none. */
        ANY,
        /** One link alone, or answers alone; a card without any is no card. */
        ONE_LINK_OR_ANSWERS;

        /** Whether a card may have these buttons. */
        public boolean takes(List<Card.Button> buttons) {
            boolean answers = buttons.stream().allMatch(button -> button.url() == null);
            return this == ANY || (!buttons.isEmpty() && (answers || buttons.size() == 1));
        }
    }

    /** Limits in the making, for one thread. */
    public static final class Builder {
        private final int text;
        private final Unit unit;
        private final Map<MediaKind, MediaLimit> media = new EnumMap<>(MediaKind.class);
        private int caption;
        private int buttons;
        private int rows;
        private int choiceText;
        private int choiceTitle;
        private Set<MediaKind> choiceMedia = Set.of();
        private boolean location;
        private int locationRequest;
        private boolean contacts;
        private boolean templates;
        private @Nullable CardLimit cards;
        private long together;
        private int copies;
        private @Nullable Duration replyWindow;

        private Builder(int text, Unit unit) {
            this.text = text;
            this.unit = unit;
        }

        /** It shows text beside an attachment. */
        public Builder caption(int longest) {
            caption = longest;
            return this;
        }

        /** It shows choices: {@code buttons} at most as buttons, {@code rows} as a list. */
        public Builder choices(int buttons, int rows) {
            this.buttons = buttons;
            this.rows = rows;
            return this;
        }

        /** How long the question above choices may be, and the title of each. */
        public Builder choiceTexts(int question, int title) {
            choiceText = question;
            choiceTitle = title;
            return this;
        }

        /** It shows an attachment of these kinds above choices, in one message with them. */
        public Builder choiceMedia(MediaKind... kinds) {
            choiceMedia = Set.of(kinds);
            return this;
        }

        /** It takes media of one kind, of {@code largest} bytes; no {@code types} take any, see {@link MediaLimit}. */
        public Builder media(MediaKind kind, long largest, String... types) {
            media.put(kind, new MediaLimit(Set.of(types), largest));
            return this;
        }

        /** It takes media of every kind and type, of {@code largest} bytes. */
        public Builder anyMedia(long largest) {
            for (MediaKind kind : MediaKind.values()) {
                media(kind, largest);
            }
            return this;
        }

        /** It shows a place. */
        public Builder location() {
            location = true;
            return this;
        }

        /** It has a button that sends a place, below a question of so many characters. */
        public Builder locationRequest(int question) {
            locationRequest = question;
            return this;
        }

        /** It shows address cards. */
        public Builder contacts() {
            contacts = true;
            return this;
        }

        /** It knows approved templates. */
        public Builder templates() {
            templates = true;
            return this;
        }

        /** It shows cards, alone and side by side, with their pictures and buttons. */
        public Builder cards() {
            return cards(CardLimit.NONE);
        }

        /** It shows cards of such a size, likewise. */
        public Builder cards(CardLimit limit) {
            cards = limit;
            return this;
        }

        /** One message takes texts and attachments together, of so many bytes in all. */
        public Builder together(long largest) {
            together = largest;
            return this;
        }

        /** It takes so many recipients beside the customer. */
        public Builder copies(int most) {
            copies = most;
            return this;
        }

        /** How long after the customer's last message it takes whatever we write. */
        public Builder replyWindow(Duration window) {
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
                    choiceMedia,
                    media,
                    location,
                    locationRequest,
                    contacts,
                    templates,
                    cards,
                    together,
                    copies,
                    replyWindow);
        }
    }
}
