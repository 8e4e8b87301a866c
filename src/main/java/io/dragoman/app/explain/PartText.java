// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.explain;

import io.dragoman.model.Card;
import io.dragoman.model.Carousel;
import io.dragoman.model.LocationRequest;
import io.dragoman.model.Part;
import io.dragoman.model.PartVisitor;
import io.dragoman.model.Structured;

/** Each type of part in a line for the terminal. */
final class PartText implements PartVisitor<String> {
    static final PartText INSTANCE = new PartText();

    private PartText() {}

    @Override
    public String text(Part.Text text) {
        return cut(text.text());
    }

    @Override
    public String media(Part.Media media) {
        String name = media.fileName() == null ? "" : " " + media.fileName();
        return "[" + StoryText.word(media.media()) + name + ", " + media.mimeType() + "]";
    }

    @Override
    public String location(Part.Location place) {
        return "[location " + place.latitude() + ", " + place.longitude() + "]";
    }

    @Override
    public String locationRequest(LocationRequest request) {
        return cut(request.text()) + " [asks for the location]";
    }

    @Override
    public String contactCard(Part.ContactCard contact) {
        return "[contact " + cut(contact.name()) + "]";
    }

    @Override
    public String choices(Part.Choices choices) {
        return cut(choices.text()) + " [" + choices.choices().size() + " choices]";
    }

    @Override
    public String choiceMade(Part.ChoiceMade made) {
        return "[chose " + cut(made.title()) + "]";
    }

    @Override
    public String template(Part.Template template) {
        return "[template " + template.name() + "]";
    }

    @Override
    public String card(Card card) {
        return cut(card.title()) + " [card, " + card.buttons().size() + " buttons]";
    }

    @Override
    public String carousel(Carousel carousel) {
        String first = carousel.text() == null ? carousel.cards().get(0).title() : carousel.text();
        return cut(first) + " [" + carousel.cards().size() + " cards]";
    }

    @Override
    public String structured(Structured structured) {
        return "[" + structured.what() + "] " + cut(structured.text());
    }

    @Override
    public String unsupported(Part.Unsupported unsupported) {
        return "[" + unsupported.what() + ", not shown]";
    }

    private static String cut(String text) {
        return TerminalText.cut(text, StoryText.LONGEST_TEXT);
    }
}
