// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Cards side by side.
 *
 * @param text what stands above them
 */
public record Carousel(@Nullable String text, List<Card> cards) implements Part {
    public Carousel {
        cards = List.copyOf(cards);
        if (cards.isEmpty()) {
            throw new IllegalArgumentException("a carousel needs at least one card");
        }
    }

    @Override
    public List<Part.Media> attachments() {
        return cards.stream().flatMap(card -> card.attachments().stream()).toList();
    }

    @Override
    public Carousel withAttachments(UnaryOperator<Part.Media> change) {
        return new Carousel(
                text, cards.stream().map(card -> card.withAttachments(change)).toList());
    }

    @Override
    public <R> R accept(PartVisitor<R> visitor) {
        return visitor.carousel(this);
    }

    @Override
    public String toString() {
        return "Carousel[" + cards.size() + "]";
    }
}
