// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One piece of a message's content. A message is an ordered, never empty list of parts. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Part.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Part.Media.class, name = "media"),
    @JsonSubTypes.Type(value = Part.Location.class, name = "location"),
    @JsonSubTypes.Type(value = LocationRequest.class, name = "location-request"),
    @JsonSubTypes.Type(value = Part.ContactCard.class, name = "contact"),
    @JsonSubTypes.Type(value = Part.Choices.class, name = "choices"),
    @JsonSubTypes.Type(value = Part.ChoiceMade.class, name = "choice"),
    @JsonSubTypes.Type(value = Part.Template.class, name = "template"),
    @JsonSubTypes.Type(value = Card.class, name = "card"),
    @JsonSubTypes.Type(value = Carousel.class, name = "carousel"),
    @JsonSubTypes.Type(value = Structured.class, name = "structured"),
    @JsonSubTypes.Type(value = Part.Unsupported.class, name = "unsupported"),
})
public sealed interface Part
        permits Part.Text,
                Part.Media,
                Part.Location,
                LocationRequest,
                Part.ContactCard,
                Part.Choices,
                Part.ChoiceMade,
                Part.Template,
                Card,
                Carousel,
                Structured,
                Part.Unsupported {
    /** Calls the visitor's method for this type. */
    <R> R accept(PartVisitor<R> visitor);

    /** What is to be fetched of it, stored and linked: the part itself, or the pictures in it. */
    default List<Media> attachments() {
        return List.of();
    }

    /** The same part with other attachments, asked for in the order of {@link #attachments}. */
    default Part withAttachments(UnaryOperator<Media> change) {
        return this;
    }

    /** The words for the types in JSON, in the order of their declaration. */
    static List<String> types() {
        return List.copyOf(PartTypes.WORDS.values());
    }

    /** The word for this type in JSON, such as {@code text}. */
    default String type() {
        return PartTypes.word(getClass());
    }

    /**
     * Written text.
     *
     * @param text what a reader wants to see first: for a mail, without the quoted history
     * @param full the whole plain text where {@code text} is only the visible part of it
     * @param html the sanitised HTML form, where the channel has one
     */
    record Text(
            String text, @Nullable String full, @Nullable String html) implements Part {
        public Text(String text) {
            this(text, null, null);
        }

        @Override
        public <R> R accept(PartVisitor<R> visitor) {
            return visitor.text(this);
        }

        @Override
        public String toString() {
            return "Text[" + text.length() + " chars]";
        }
    }

    /**
     * A picture, recording, film, file or sticker.
     *
     * @param mimeType as the channel declared it; {@code application/octet-stream} when it did not
     * @param fileName as the sender named it: data to show, never a path to open
     * @param size in bytes, where known
     * @param source what the connector needs to fetch the bytes; only on the way in, never shown to a desk
     * @param id of the stored media, once the message is stored
     * @param url where the bytes can be had: given by an agent, or a signed link made for a desk
     * @param voice whether a sound is what somebody said into their phone, where the channel tells that from music
     * @param missing why its bytes will never be there, a clause, where a desk is told of it; then it has no {@code url}
     */
    record Media(
            MediaKind media,
            String mimeType,
            @Nullable String fileName,
            @Nullable Long size,
            @Nullable String source,
            @Nullable String id,
            @Nullable String url,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean voice,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String missing)
            implements Part, MediaChanges {
        /** What is there, or may still come. */
        public Media(
                MediaKind media,
                String mimeType,
                @Nullable String fileName,
                @Nullable Long size,
                @Nullable String source,
                @Nullable String id,
                @Nullable String url,
                boolean voice) {
            this(media, mimeType, fileName, size, source, id, url, voice, null);
        }

        /** What is no voice message, or of a channel that does not tell. */
        public Media(
                MediaKind media,
                String mimeType,
                @Nullable String fileName,
                @Nullable Long size,
                @Nullable String source,
                @Nullable String id,
                @Nullable String url) {
            this(media, mimeType, fileName, size, source, id, url, false);
        }

        /** Media that a connector can fetch from {@code source}. */
        public static Media incoming(
                MediaKind media,
                @Nullable String mimeType,
                @Nullable String fileName,
                @Nullable Long size,
                String source) {
            String type = mimeType == null || mimeType.isBlank() ? "application/octet-stream" : mimeType;
            return new Media(media, type, fileName, size, source, null, null);
        }

        @Override
        public List<Media> attachments() {
            return List.of(this);
        }

        @Override
        public Media withAttachments(UnaryOperator<Media> change) {
            return change.apply(this);
        }

        @Override
        public <R> R accept(PartVisitor<R> visitor) {
            return visitor.media(this);
        }

        @Override
        public String toString() {
            return "Media[" + media + ", " + mimeType + "]";
        }
    }

    /** A place, in WGS 84 degrees; {@code url} is the place's own page. */
    record Location(
            double latitude,
            double longitude,
            @Nullable String name,
            @Nullable String address,
            @Nullable String url) implements Part {
        public Location(double latitude, double longitude, @Nullable String name, @Nullable String address) {
            this(latitude, longitude, name, address, null);
        }

        public Location {
            if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
                throw new IllegalArgumentException(
                        "a location needs a latitude within ±90 and a longitude within ±180");
            }
        }

        @Override
        public <R> R accept(PartVisitor<R> visitor) {
            return visitor.location(this);
        }

        @Override
        public String toString() {
            return "Location[…]";
        }
    }

    /** Somebody's address card. */
    record ContactCard(
            String name,
            List<String> phones,
            List<String> emails,
            @Nullable String vcard) implements Part {
        public ContactCard {
            phones = List.copyOf(phones);
            emails = List.copyOf(emails);
        }

        @Override
        public <R> R accept(PartVisitor<R> visitor) {
            return visitor.contactCard(this);
        }

        @Override
        public String toString() {
            return "ContactCard[…]";
        }
    }

    /**
     * A question with answers to pick from.
     *
     * @param text the question
     * @param button the label that opens a list; null asks for buttons, where the channel can show so many
     */
    record Choices(
            String text, List<Choice> choices, @Nullable String button) implements Part {
        public Choices {
            choices = List.copyOf(choices);
            if (choices.isEmpty()) {
                throw new IllegalArgumentException("choices need at least one choice to pick from");
            }
        }

        @Override
        public <R> R accept(PartVisitor<R> visitor) {
            return visitor.choices(this);
        }

        @Override
        public String toString() {
            return "Choices[" + choices.size() + "]";
        }
    }

    /** One answer that can be picked; {@code id} comes back in {@link ChoiceMade}. */
    record Choice(String id, String title, @Nullable String description) {
        @Override
        public String toString() {
            return "Choice[" + id + "]";
        }
    }

    /**
     * The answer that the customer picked.
     *
     * @param id empty where the channel sends only the title
     * @param description what stood below the title, where the channel repeats it
     */
    record ChoiceMade(String id, String title, @Nullable String description) implements Part {
        public ChoiceMade(String id, String title) {
            this(id, title, null);
        }

        @Override
        public <R> R accept(PartVisitor<R> visitor) {
            return visitor.choiceMade(this);
        }

        @Override
        public String toString() {
            return "ChoiceMade[…]";
        }
    }

    /**
     * A message that the provider approved beforehand.
     *
     * @param parameters the values for the places of its text, in order
     * @param header what is put in above: a text, or media; null for nothing
     * @param buttons the values for its buttons, where they take one
     */
    record Template(
            String name,
            String language,
            List<String> parameters,
            @Nullable Part header,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TemplateButton> buttons)
            implements Part {
        public Template {
            parameters = List.copyOf(parameters);
            buttons = buttons == null ? List.of() : List.copyOf(buttons);
            Require.header(header);
        }

        /** One whose text alone has places. */
        public Template(String name, String language, List<String> parameters) {
            this(name, language, parameters, null, List.of());
        }

        @Override
        public List<Media> attachments() {
            return header instanceof Media media ? List.of(media) : List.of();
        }

        @Override
        public Part withAttachments(UnaryOperator<Media> change) {
            return header instanceof Media media
                    ? new Template(name, language, parameters, change.apply(media), buttons)
                    : this;
        }

        @Override
        public <R> R accept(PartVisitor<R> visitor) {
            return visitor.template(this);
        }

        @Override
        public String toString() {
            return "Template[" + name + "]";
        }
    }

    /** Content of an unknown type, by the provider's name and in its form as text: shown as such, never dropped. */
    record Unsupported(String what, String raw) implements Part {
        @Override
        public <R> R accept(PartVisitor<R> visitor) {
            return visitor.unsupported(this);
        }

        @Override
        public String toString() {
            return "Unsupported[" + what + "]";
        }
    }

    /** What a media part is to the person who sees it. */
    enum MediaKind {
        IMAGE,
        AUDIO,
        VIDEO,
        FILE,
        STICKER;

        /** The kind that a MIME type suggests; {@link #FILE} when it suggests none. */
        public static MediaKind of(String mimeType) {
            return PartTypes.kind(mimeType);
        }
    }
}
