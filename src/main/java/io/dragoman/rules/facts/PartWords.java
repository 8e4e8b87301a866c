// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.facts;

import io.dragoman.model.Card;
import io.dragoman.model.Carousel;
import io.dragoman.model.LocationRequest;
import io.dragoman.model.Part;
import io.dragoman.model.PartVisitor;
import io.dragoman.model.Structured;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a part is searched as the customer's words; empty for what has none. */
public final class PartWords implements PartVisitor<String> {
    public static final PartWords INSTANCE = new PartWords();

    private PartWords() {}

    @Override
    public String text(Part.Text text) {
        return text.text();
    }

    @Override
    public String media(Part.Media media) {
        return "";
    }

    @Override
    public String location(Part.Location location) {
        return "";
    }

    @Override
    public String locationRequest(LocationRequest request) {
        return "";
    }

    @Override
    public String contactCard(Part.ContactCard contact) {
        return "";
    }

    /** A question is not the customer's. */
    @Override
    public String choices(Part.Choices choices) {
        return "";
    }

    @Override
    public String choiceMade(Part.ChoiceMade made) {
        return made.title();
    }

    @Override
    public String template(Part.Template template) {
        return "";
    }

    @Override
    public String card(Card card) {
        return lines(Stream.concat(Stream.of(card.title()), Stream.ofNullable(card.text())));
    }

    @Override
    public String carousel(Carousel carousel) {
        return lines(Stream.concat(
                Stream.ofNullable(carousel.text()), carousel.cards().stream().map(this::card)));
    }

    @Override
    public String structured(Structured structured) {
        return structured.text();
    }

    @Override
    public String unsupported(Part.Unsupported unsupported) {
        return "";
    }

    private static String lines(Stream<String> lines) {
        return lines.collect(Collectors.joining("\n"));
    }
}
