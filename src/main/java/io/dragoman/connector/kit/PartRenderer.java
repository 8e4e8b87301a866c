// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.Limits;
import io.dragoman.connector.Limits.CardLimit;
import io.dragoman.connector.Limits.MediaLimit;
import io.dragoman.model.Card;
import io.dragoman.model.Carousel;
import io.dragoman.model.LocationRequest;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.model.Part.Choices;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Part.Text;
import io.dragoman.model.PartVisitor;
import io.dragoman.model.Structured;
import io.dragoman.model.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows each type of part in the best way that a channel has, and notes what is lost. For one message. */
final class PartRenderer implements PartVisitor<List<Part>> {
    private final Limits limits;
    private final Function<Part.Media, @Nullable String> link;
    private final List<String> losses;

    PartRenderer(Limits limits, Function<Part.Media, @Nullable String> link, List<String> losses) {
        this.limits = limits;
        this.link = link;
        this.losses = losses;
    }

    @Override
    public List<Part> text(Text text) {
        List<String> pieces = LongText.split(text.text(), limits.text(), limits.unit());
        if (pieces.isEmpty() && !text.text().isBlank()) {
            losses.add("The channel shows no text: it was left out.");
        }
        return pieces.equals(List.of(text.text()))
                ? List.of(text) // with its other forms
                : pieces.stream().<Part>map(Text::new).toList();
    }

    private List<Part> plain(String text, String loss) {
        losses.add(loss);
        return text(new Text(text));
    }

    @Override
    public List<Part> media(Part.Media media) {
        String what = Words.of(media.media()) + " (" + media.mimeType() + ")";
        if (takes(media.media(), media)) {
            return List.of(media);
        }
        if (takes(MediaKind.FILE, media)) {
            losses.add("The channel does not take this " + what + " as such: it goes as a file.");
            return List.of(new Part.Media(
                    MediaKind.FILE,
                    media.mimeType(),
                    media.fileName(),
                    media.size(),
                    media.source(),
                    media.id(),
                    media.url()));
        }
        String address = link.apply(media);
        if (address == null) {
            losses.add("The channel does not take this " + what + " and there is no link to it: it was left out.");
            return List.of();
        }
        String name = media.fileName() == null ? "" : media.fileName() + ": ";
        return plain(name + address, "The channel does not take this " + what + ": it goes as a link.");
    }

    private boolean takes(MediaKind kind, Part.Media media) {
        MediaLimit limit = limits.media().get(kind);
        int parameters = media.mimeType().indexOf(';');
        String type = parameters < 0 ? media.mimeType() : media.mimeType().substring(0, parameters);
        return limit != null
                && limit.takes(type.strip().toLowerCase(Locale.ROOT))
                && (media.size() == null || media.size() <= limit.largest());
    }

    @Override
    public List<Part> location(Part.Location location) {
        if (limits.location()) {
            return List.of(location);
        }
        String map = "https://maps.google.com/?q=" + degrees(location.latitude()) + "," + degrees(location.longitude());
        return plain(
                lines(Stream.of(location.name(), location.address(), map, location.url())),
                "A location goes as text with a map link.");
    }

    /** The last piece of a long question stands above the button. */
    @Override
    public List<Part> locationRequest(LocationRequest request) {
        if (limits.locationRequest() == 0) {
            return plain(request.text(), "The channel has no button that sends a location: the question goes as text.");
        }
        List<String> pieces = LongText.split(request.text(), limits.locationRequest(), limits.unit());
        int last = pieces.size() - 1;
        return IntStream.rangeClosed(0, last)
                .mapToObj(i -> i < last ? new Text(pieces.get(i)) : new LocationRequest(pieces.get(i)))
                .map(Part.class::cast)
                .toList();
    }

    @Override
    public List<Part> contactCard(Part.ContactCard contact) {
        if (limits.contacts()) {
            return List.of(contact);
        }
        Stream<String> numbers = Stream.concat(contact.phones().stream(), contact.emails().stream());
        return plain(lines(Stream.concat(Stream.of(contact.name()), numbers)), "A contact card goes as text.");
    }

    @Override
    public List<Part> choices(Choices choices) {
        return new ChoicesRenderer(limits, losses)
                .render(choices).stream()
                        .flatMap(part -> part instanceof Text text ? text(text).stream() : Stream.of(part))
                        .toList();
    }

    @Override
    public List<Part> choiceMade(Part.ChoiceMade made) {
        return plain(made.title(), "A choice made goes as text.");
    }

    @Override
    public List<Part> template(Part.Template template) {
        if (limits.templates()) {
            return List.of(template);
        }
        losses.add("The channel has no templates: template " + template.name() + " was left out.");
        return List.of();
    }

    private boolean fits(Card card) {
        CardLimit limit = limits.cards();
        return limit != null
                && card.title().length() <= limit.title()
                && (card.text() == null || card.text().length() <= limit.text())
                && card.buttons().size() <= limit.buttons()
                && limit.mix().takes(card.buttons())
                && card.attachments().stream().allMatch(this::takesPicture)
                && card.buttons().stream().allMatch(button -> button.title().length() <= limit.buttonTitle());
    }

    /** Where nothing is said about pictures, cards bring theirs by its address alone. */
    private boolean takesPicture(Part.Media image) {
        return !limits.media().containsKey(MediaKind.IMAGE) || takes(MediaKind.IMAGE, image);
    }

    /** The picture, then title and text with the links, and below them what can be picked. */
    @Override
    public List<Part> card(Card card) {
        if (fits(card)) {
            return List.of(card);
        }
        losses.add("A card goes as its picture, text and buttons, one below the other.");
        Stream<String> links = card.buttons().stream()
                .filter(button -> button.url() != null)
                .map(button -> button.title() + ": " + button.url());
        String text = lines(Stream.concat(Stream.of(card.title(), card.text()), links));
        List<Choice> choices = card.buttons().stream()
                .flatMap(button -> Stream.ofNullable(button.id()).map(id -> new Choice(id, button.title(), null)))
                .toList();
        List<Part> shown = new ArrayList<>();
        card.attachments().forEach(image -> shown.addAll(media(image)));
        shown.addAll(choices.isEmpty() ? text(new Text(text)) : choices(new Choices(text, choices, null)));
        return shown;
    }

    @Override
    public List<Part> carousel(Carousel carousel) {
        CardLimit limit = limits.cards();
        if (limit != null && limit.cards() > 1 && carousel.cards().stream().allMatch(this::fits)) {
            return limit.equals(CardLimit.NONE) ? List.of(carousel) : sideBySide(limit, carousel);
        }
        losses.add("Cards side by side go one after the other.");
        List<Part> shown = new ArrayList<>();
        Stream.ofNullable(carousel.text()).forEach(text -> shown.addAll(text(new Text(text))));
        carousel.cards().forEach(card -> shown.addAll(card(card)));
        return shown;
    }

    /** The text above them goes before them, and more than fit follow in a message of their own. */
    private List<Part> sideBySide(CardLimit limit, Carousel carousel) {
        List<Part> shown = new ArrayList<>();
        Stream.ofNullable(carousel.text()).forEach(text -> shown.addAll(text(new Text(text))));
        List<Card> cards = carousel.cards();
        for (int from = 0; from < cards.size(); from += limit.cards()) {
            shown.add(new Carousel(null, cards.subList(from, Math.min(from + limit.cards(), cards.size()))));
        }
        return shown;
    }

    @Override
    public List<Part> structured(Structured structured) {
        return plain(
                structured.text().isBlank() ? named(structured.what()) : structured.text(),
                "Structured content goes as its text only.");
    }

    @Override
    public List<Part> unsupported(Part.Unsupported unsupported) {
        return plain(named(unsupported.what()), "Content of a kind that we do not know goes as its name only.");
    }

    private static String named(String what) {
        return "[" + what + "]";
    }

    private static String degrees(double value) {
        return BigDecimal.valueOf(value).toPlainString();
    }

    private static String lines(Stream<@Nullable String> lines) {
        return lines.filter(line -> line != null && !line.isBlank()).collect(Collectors.joining("\n"));
    }
}
