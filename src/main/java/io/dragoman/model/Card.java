// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import io.dragoman.model.Part.Media;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A title with a picture and buttons, such as a product or an offer.
 *
 * @param image what stands above the title
 */
public record Card(
        String title, @Nullable String text, @Nullable Media image, List<Button> buttons) implements Part {
    public Card {
        Require.notBlank(title, "the title of a card");
        buttons = List.copyOf(buttons);
    }

    @Override
    public List<Media> attachments() {
        return Stream.ofNullable(image).toList();
    }

    @Override
    public Card withAttachments(UnaryOperator<Media> change) {
        return image == null ? this : new Card(title, text, change.apply(image), buttons);
    }

    @Override
    public <R> R accept(PartVisitor<R> visitor) {
        return visitor.card(this);
    }

    @Override
    public String toString() {
        return "Card[" + buttons.size() + " buttons]";
    }

    /**
     * A button of a card: it opens {@code url}, or {@code id} comes back in {@link Part.ChoiceMade}. Exactly one of the two.
     */
    public record Button(
            String title, @Nullable String id, @Nullable String url) {
        public Button {
            if ((id == null) == (url == null)) {
                throw new IllegalArgumentException("a button needs either an id or a url");
            }
        }

        @Override
        public String toString() {
            return "Button[…]";
        }
    }
}
