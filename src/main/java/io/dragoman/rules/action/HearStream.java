// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.action;

import io.dragoman.rules.text.QuotedText;
import java.util.Optional;

/**
 * A stream of {@code listening.yaml} hears a public message; no rule asks for it.
 *
 * @param why by what
 */
public record HearStream(String stream, String why) implements Action {
    @Override
    public String subject() {
        return "stream";
    }

    @Override
    public String value() {
        return stream;
    }

    @Override
    public Optional<String> slot() {
        return Optional.empty();
    }

    @Override
    public String done() {
        return "is heard by the stream " + QuotedText.quote(stream);
    }

    @Override
    public String overridden(Action first, String rule) {
        return done();
    }

    @Override
    public Optional<String> detail() {
        return Optional.of("the stream " + stream + " hears it: " + why);
    }

    @Override
    public String toString() {
        return "HearStream[" + stream + "]";
    }
}
