// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.util.List;

/** One part of each type. */
public final class SampleParts {
    private static final Part.Media IMAGE = new Part.Media(
            Part.MediaKind.IMAGE, "image/png", null, 17L, null, null, "https://shop.example.com/shoe.png");
    private static final Card CARD = new Card(
            "canary shoe",
            "light",
            IMAGE,
            List.of(new Card.Button("Buy", "buy", null), new Card.Button("More", null, "https://shop.example.com/")));

    /** What a reader sees of each has the word canary. */
    public static final List<Part> ALL = List.of(
            new Part.Text("canary"),
            new Part.Media(Part.MediaKind.FILE, "text/plain", "canary.txt", 5L, null, null, "https://a.example.com/b"),
            new Part.Location(41.7, 44.8, "canary", null),
            new LocationRequest("canary?"),
            new Part.ContactCard("canary", List.of("+995"), List.of(), null),
            new Part.Choices("canary?", List.of(new Part.Choice("a", "A", null)), null),
            new Part.ChoiceMade("a", "canary"),
            new Part.Template("canary", "en", List.of("1")),
            CARD,
            new Carousel("our canary", List.of(CARD)),
            new Structured(
                    "order", "2 × canary", Json.mapper().createObjectNode().put("total", 7)),
            new Part.Unsupported("canary", "{}"));

    private SampleParts() {}
}
