// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import io.dragoman.model.CustomerEvent.Consent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A piece of a message that a provider brings in several requests, in any order. The message is there when all its pieces
 * are, or when no more is waited for.
 *
 * @param message the piece as if it were the whole
 * @param reference what the pieces of a message of this sender have in common
 * @param number from 1 to {@code total}
 */
public record MessagePiece(MessageReceived message, String reference, int number, int total) implements CustomerEvent {
    /** What stands where a piece did not come. */
    public static final String GAP = " […] ";

    private static final int MOST = 255;

    /** A piece, or the message itself where the numbers make it none. */
    public static CustomerEvent of(MessageReceived message, String reference, int number, int total) {
        return !reference.isBlank() && total > 1 && total <= MOST && number > 0 && number <= total
                ? new MessagePiece(message, reference, number, total)
                : message;
    }

    /**
     * The message of those pieces that came, with a mark where others did not. It has the id of its first piece.
     *
     * @param pieces in their order, one at least
     */
    public static MessageReceived join(List<MessagePiece> pieces) {
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int next = 1;
        for (MessagePiece piece : pieces) {
            text.append(piece.number > next ? GAP : "");
            for (Part part : piece.message.parts()) {
                if (part instanceof Part.Text words) {
                    text.append(words.text());
                } else {
                    flush(text, parts);
                    parts.add(part);
                }
            }
            next = piece.number + 1;
        }
        MessagePiece first = pieces.get(0);
        text.append(next <= first.total ? GAP : "");
        flush(text, parts);
        MessageReceived message = first.message;
        return new MessageReceived(
                "pieces:" + message.key(),
                first(pieces.stream().map(MessagePiece::at)),
                message.sender(),
                message.externalId(),
                parts,
                message.replyTo(),
                message.threading(),
                message.automatic(),
                pieces.stream().anyMatch(piece -> piece.message.consent() == Consent.OPTED_OUT)
                        ? Consent.OPTED_OUT
                        : null,
                message.forwarded());
    }

    private static void flush(StringBuilder text, List<Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text.toString()));
            text.setLength(0);
        }
    }

    private static Instant first(Stream<Instant> times) {
        return times.min(Instant::compareTo).orElseThrow();
    }

    @Override
    public String key() {
        return message.key();
    }

    @Override
    public String lane() {
        return message.lane();
    }

    @Override
    public Instant at() {
        return message.at();
    }

    @Override
    public String toString() {
        return "MessagePiece[" + key() + "]";
    }
}
