// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.listen;

import io.dragoman.rules.facts.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code listening.yaml} says. Immutable and thread-safe.
 *
 * @param forwards whether a public conversation that no stream hears is kept and forwarded
 */
public record Listening(List<HeardStream> streams, boolean forwards, PublicAnswers answers, NegativeWords negative) {
    /** Why a message that no stream hears goes nowhere. */
    public static final String UNHEARD = "no stream hears it (unheard: drop)";

    public Listening {
        streams = List.copyOf(streams);
    }

    /** The ids of the streams. */
    public List<String> ids() {
        return streams.stream().map(HeardStream::id).toList();
    }

    /** A stream that hears a message, and by what. */
    public record Heard(HeardStream stream, String why) {}

    /** The streams that hear what was written; none does in private. */
    public List<Heard> heard(Facts facts) {
        if (!facts.situation().isPublic()) {
            return List.of();
        }
        PublicText text = new PublicText(facts);
        List<Heard> heard = new ArrayList<>();
        for (HeardStream stream : streams) {
            Optional<String> why = stream.hears(text);
            why.ifPresent(one -> heard.add(new Heard(stream, one)));
        }
        return heard;
    }

    /** Whether it is a new public conversation that no stream hears, and such are dropped. */
    public boolean drops(Facts facts, List<Heard> heard) {
        return !forwards
                && heard.isEmpty()
                && facts.situation().isPublic()
                && facts.situation().first();
    }
}
