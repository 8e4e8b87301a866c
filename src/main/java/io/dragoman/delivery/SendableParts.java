// SPDX-License-Identifier: Apache-2.0
package io.dragoman.delivery;

import io.dragoman.connector.Outcome.Refused;
import io.dragoman.model.Card;
import io.dragoman.model.Carousel;
import io.dragoman.model.Part;
import io.dragoman.store.MediaRows;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of a message can be sent.
 *
 * @param parts without the files that could not be had; perhaps none
 * @param missing why there are fewer, where another try may have them; null when all are there that ever will be
 * @param lost each file that there is not, as a sentence for agents that names it
 */
record SendableParts(List<Part> parts, @Nullable Refused missing, List<String> lost) {
    SendableParts {
        parts = List.copyOf(parts);
        lost = List.copyOf(lost);
    }

    /** All but the media that failed: a part goes, a card loses its picture. */
    static SendableParts without(
            List<Part> parts, List<MediaRows.Row> failed, @Nullable Refused why, List<String> lost) {
        Set<String> ids = failed.stream().map(MediaRows.Row::id).collect(Collectors.toSet());
        return new SendableParts(parts.stream().flatMap(part -> kept(part, ids)).toList(), why, lost);
    }

    private static Stream<Part> kept(Part part, Set<String> failed) {
        if (part instanceof Part.Media media) {
            return failed.contains(media.id()) ? Stream.empty() : Stream.of(media);
        } else if (part instanceof Card card) {
            return Stream.of(kept(card, failed));
        } else if (part instanceof Carousel carousel) {
            return Stream.of(new Carousel(
                    carousel.text(),
                    carousel.cards().stream().map(card -> kept(card, failed)).toList()));
        }
        return Stream.of(part);
    }

    private static Card kept(Card card, Set<String> failed) {
        Part.Media image = card.image();
        return image == null || !failed.contains(image.id())
                ? card
                : new Card(card.title(), card.text(), null, card.buttons());
    }
}
