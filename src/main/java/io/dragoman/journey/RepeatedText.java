// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.store.Tx;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a mail repeats of the message of ours that it answers. The channel tells a quote by its form; here its very words
 * are known. It is cut from what is shown first; the whole text and the HTML stay as they came.
 */
public final class RepeatedText {
    private RepeatedText() {}

    /** The message without it; the same where it answers nothing of ours that is stored, or repeats nothing. */
    public static MessageReceived cut(Tx tx, String channel, MessageReceived message) {
        return answered(tx, channel, message)
                .map(sent -> without(message, sent))
                .orElse(message);
    }

    /** The closest message of ours that it refers to; an id that only looks like ours is none of its references. */
    private static Optional<Message> answered(Tx tx, String channel, MessageReceived message) {
        return message.threading().references().stream()
                .flatMap(reference -> tx.messages().byExternalId(channel, reference).stream())
                .filter(found -> found.direction() == Message.Direction.OUT)
                .findFirst();
    }

    private static MessageReceived without(MessageReceived message, Message sent) {
        SentText text = SentText.of(text(sent));
        Set<String> customers = Stream.concat(
                        Stream.of(message.sender().address()),
                        message.sender().identities().stream().map(Identity::value))
                .map(address -> address.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        String name = sent.author().name();
        QuoteIntroduction introduction =
                new QuoteIntroduction(customers, name == null ? null : name.toLowerCase(Locale.ROOT));
        List<Part> parts = message.parts().stream()
                .map(part -> part instanceof Part.Text shown ? without(shown, text, introduction) : part)
                .toList();
        return parts.equals(message.parts()) ? message : message.with(parts);
    }

    private static String text(Message sent) {
        return sent.parts().stream()
                .flatMap(part -> part instanceof Part.Text text ? Stream.of(text.text()) : Stream.empty())
                .collect(Collectors.joining("\n\n"));
    }

    private static Part without(Part.Text shown, SentText sent, QuoteIntroduction introduction) {
        String rest = sent.cutFrom(shown.text(), introduction);
        return rest.equals(shown.text())
                ? shown
                : new Part.Text(rest, shown.full() == null ? shown.text() : shown.full(), shown.html());
    }
}
