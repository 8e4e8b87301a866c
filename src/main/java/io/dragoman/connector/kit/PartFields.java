// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Card;
import io.dragoman.model.Carousel;
import io.dragoman.model.Json;
import io.dragoman.model.LocationRequest;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Structured;
import io.dragoman.model.Words;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The fields of each type of part in JSON from outside; media is named by an address that can be asked for it. */
final class PartFields {
    private static final String[] MEDIA = {
        "media", "mimeType", "fileName", "size", "source", "id", "url", "data", "voice"
    };
    private static final String[] TEMPLATE = {"name", "language", "parameters", "header", "buttons"};
    private static final String[] CARD = {"title", "text", "image", "buttons"};

    /** By the type; what cannot come from outside, such as stored ids and sanitised HTML, is not read. */
    static final Map<String, Shape> SHAPES = Map.ofEntries(
            Map.entry("text", new Shape(PartFields::text, "text", "full", "html")),
            Map.entry("media", new Shape(PartFields::media, MEDIA)),
            Map.entry("location", new Shape(PartFields::location, "latitude", "longitude", "name", "address", "url")),
            Map.entry("location-request", new Shape(PartFields::locationRequest, "text")),
            Map.entry("contact", new Shape(PartFields::contact, "name", "phones", "emails", "vcard")),
            Map.entry("choices", new Shape(PartFields::choices, "text", "choices", "button")),
            Map.entry("choice", new Shape(PartFields::choiceMade, "id", "title", "description")),
            Map.entry("template", new Shape(TemplateFields::read, TEMPLATE)),
            Map.entry("card", new Shape(PartFields::card, CARD)),
            Map.entry("carousel", new Shape(PartFields::carousel, "text", "cards")),
            Map.entry("structured", new Shape(PartFields::structured, "what", "text", "data")));

    private static final int MOST_CARDS = 10;

    private PartFields() {}

    @FunctionalInterface
    interface Reader {
        Part read(JsonFields part) throws MalformedPayload;
    }

    /**
     * A type of part.
     *
     * @param fields the fields that it has, as we write it too; any other is refused, so that a slip of the pen is not a
     *     message without what it was to say
     */
    record Shape(Reader reader, List<String> fields) {
        Shape(Reader reader, String... fields) {
            this(reader, List.of(fields));
        }

        Part read(JsonFields part) throws MalformedPayload {
            part.allow(Stream.concat(Stream.of("type"), fields.stream()).toList());
            return reader.read(part);
        }
    }

    private static Part text(JsonFields part) throws MalformedPayload {
        return new Part.Text(part.text("text"));
    }

    private static Part locationRequest(JsonFields part) throws MalformedPayload {
        return new LocationRequest(part.text("text"));
    }

    private static Part choiceMade(JsonFields part) throws MalformedPayload {
        return new Part.ChoiceMade(
                part.findText("id").orElse(""),
                part.text("title"),
                nonBlank(part.findText("description")).orElse(null));
    }

    /** Without {@code data} it has no fields, and without {@code text} only its name. */
    private static Part structured(JsonFields part) throws MalformedPayload {
        Optional<JsonFields> data = part.findObject("data");
        return new Structured(
                part.text("what"),
                part.findText("text").orElse(""),
                data.isPresent() ? data.get().node() : Json.mapper().createObjectNode());
    }

    private static Part contact(JsonFields part) throws MalformedPayload {
        return new Part.ContactCard(
                part.text("name"),
                part.texts("phones"),
                part.texts("emails"),
                nonBlank(part.findText("vcard")).orElse(null));
    }

    private static Card card(JsonFields part) throws MalformedPayload {
        Optional<JsonFields> image = part.findObject("image");
        List<Card.Button> buttons = new ArrayList<>();
        for (JsonFields button : part.objects("buttons")) {
            buttons.add(button(button));
        }
        return new Card(
                part.text("title"),
                nonBlank(part.findText("text")).orElse(null),
                image.isPresent() ? image(image.get()) : null,
                buttons);
    }

    private static Part.Media image(JsonFields image) throws MalformedPayload {
        Part.Media media = media(image);
        return new Part.Media(
                MediaKind.IMAGE, media.mimeType(), media.fileName(), media.size(), media.source(), null, media.url());
    }

    private static Card.Button button(JsonFields button) throws MalformedPayload {
        button.allow(List.of("title", "id", "url"));
        String id = nonBlank(button.findText("id")).orElse(null);
        String url = nonBlank(button.findText("url")).orElse(null);
        if ((id == null) == (url == null)) {
            throw new MalformedPayload(button.at("id") + " or " + button.at("url") + " must be there, and not both");
        }
        if (url != null && !isWeb(url)) {
            throw new MalformedPayload(button.at("url") + " must be an address such as https://shop.example.com/17");
        }
        return new Card.Button(button.text("title"), id, url);
    }

    private static Part carousel(JsonFields part) throws MalformedPayload {
        List<Card> cards = new ArrayList<>();
        for (JsonFields card : part.objects("cards")) {
            card.allow(List.of("type", "title", "text", "image", "buttons"));
            cards.add(card(card));
        }
        if (cards.isEmpty() || cards.size() > MOST_CARDS) {
            throw new MalformedPayload(part.at("cards") + " must have from 1 to " + MOST_CARDS + " cards");
        }
        return new Carousel(nonBlank(part.findText("text")).orElse(null), cards);
    }

    private static Part.Media media(JsonFields part) throws MalformedPayload {
        Optional<InlineMedia.Found> inline = InlineMedia.find(part);
        String url = inline.isPresent() ? null : part.text("url");
        if (url != null && !isWeb(url)) {
            throw new MalformedPayload(part.at("url") + " must be an address such as https://desk.example.com/file/17");
        }
        String mimeType = nonBlank(part.findText("mimeType"))
                .or(() -> inline.map(InlineMedia.Found::mimeType))
                .orElse("application/octet-stream");
        Optional<String> kind = part.findText("media");
        Optional<Long> size = part.findNumber("size");
        MediaKind what = kind.isPresent() ? kind(kind.get(), part.at("media")) : MediaKind.of(mimeType);
        return new Part.Media(
                what,
                mimeType,
                nonBlank(part.findText("fileName")).orElse(null),
                inline.map(InlineMedia.Found::size).or(() -> size).orElse(null),
                inline.map(InlineMedia.Found::source).orElse(null),
                null,
                url,
                what == MediaKind.AUDIO && part.flag("voice"));
    }

    private static MediaKind kind(String word, String path) throws MalformedPayload {
        return Words.find(MediaKind.class, word)
                .orElseThrow(() -> new MalformedPayload(
                        path + " must be one of " + String.join(", ", Words.all(MediaKind.class))));
    }

    private static boolean isWeb(String url) {
        try {
            URI uri = URI.create(url);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null; // which people take for the host
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Part location(JsonFields part) throws MalformedPayload {
        double latitude = part.decimal("latitude");
        double longitude = part.decimal("longitude");
        try {
            return new Part.Location(
                    latitude,
                    longitude,
                    nonBlank(part.findText("name")).orElse(null),
                    nonBlank(part.findText("address")).orElse(null),
                    nonBlank(part.findText("url")).filter(PartFields::isWeb).orElse(null));
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload(part.at("latitude") + ": " + e.getMessage());
        }
    }

    private static Part choices(JsonFields part) throws MalformedPayload {
        List<Part.Choice> choices = new ArrayList<>();
        for (JsonFields choice : part.objects("choices")) {
            choice.allow(List.of("id", "title", "description"));
            choices.add(new Part.Choice(
                    choice.text("id"),
                    choice.text("title"),
                    nonBlank(choice.findText("description")).orElse(null)));
        }
        if (choices.isEmpty()) {
            throw new MalformedPayload(part.at("choices") + " must have at least one choice");
        }
        return new Part.Choices(
                part.text("text"), choices, nonBlank(part.findText("button")).orElse(null));
    }

    private static Optional<String> nonBlank(Optional<String> text) {
        return text.filter(value -> !value.isBlank());
    }
}
