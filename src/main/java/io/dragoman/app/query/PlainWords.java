// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.query;

import io.dragoman.model.Card;
import io.dragoman.model.Carousel;
import io.dragoman.model.LocationRequest;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.PartVisitor;
import io.dragoman.model.Structured;
import io.dragoman.model.Words;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a message can be read, as plain text: for a list, and to be searched. */
public final class PlainWords implements PartVisitor<String> {
    private static final PlainWords INSTANCE = new PlainWords();

    private PlainWords() {}

    /** The words of all parts; a deleted message has none. */
    public static String of(Message message) {
        return message.deletedAt() != null ? "" : of(message.parts());
    }

    private static String of(List<Part> parts) {
        return parts.stream()
                .map(part -> part.accept(INSTANCE))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(" "));
    }

    /** The beginning of it in one line, without half a character. */
    public static String line(Message message, int longest) {
        return line(of(message), longest);
    }

    /** The same of parts of which there is no message. */
    public static String line(List<Part> parts, int longest) {
        return line(of(parts), longest);
    }

    private static String line(String text, int longest) {
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= longest) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return line.substring(0, end) + "…";
    }

    @Override
    public String text(Part.Text text) {
        return text.text();
    }

    @Override
    public String media(Part.Media media) {
        return media.fileName() == null ? "[" + Words.of(media.media()) + "]" : media.fileName();
    }

    @Override
    public String location(Part.Location place) {
        return place.latitude() + ", " + place.longitude();
    }

    @Override
    public String locationRequest(LocationRequest request) {
        return request.text();
    }

    @Override
    public String contactCard(Part.ContactCard contact) {
        return contact.name();
    }

    @Override
    public String choices(Part.Choices choices) {
        return choices.text();
    }

    @Override
    public String choiceMade(Part.ChoiceMade made) {
        return made.title();
    }

    @Override
    public String template(Part.Template template) {
        return "[" + template.name() + "]";
    }

    @Override
    public String card(Card card) {
        return words(card.title(), card.text());
    }

    @Override
    public String carousel(Carousel carousel) {
        return words(carousel.text(), carousel.cards().stream().map(this::card).collect(Collectors.joining(" ")));
    }

    @Override
    public String structured(Structured structured) {
        return structured.text();
    }

    @Override
    public String unsupported(Part.Unsupported unsupported) {
        return "[" + unsupported.what() + "]";
    }

    private static String words(@org.jspecify.annotations.Nullable String... texts) {
        return Stream.of(texts).filter(Objects::nonNull).collect(Collectors.joining(" "));
    }
}
