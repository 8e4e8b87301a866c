// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.Purpose;
import io.dragoman.model.Words;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which consent each purpose needs. Whatever is said here, a purpose that the customer withdrew is withdrawn, and who opted
 * out of a channel is not written to there for any purpose.
 */
public record ConsentPolicy(Map<Purpose, Needs> needs) {
    public ConsentPolicy {
        needs = Map.copyOf(needs);
    }

    /** What must have been said before. */
    public enum Needs {
        /** Nothing: that the customer writes is enough until they withdraw it. */
        IMPLIED,
        /** That the customer consents. */
        EXPLICIT
    }

    /** Answers and surveys until they are withdrawn; all else when it was asked for. */
    public static final ConsentPolicy DEFAULT = new ConsentPolicy(Map.of(
            Purpose.SERVICE,
            Needs.IMPLIED,
            Purpose.SURVEY,
            Needs.IMPLIED,
            Purpose.MARKETING,
            Needs.EXPLICIT,
            Purpose.ANALYTICS,
            Needs.EXPLICIT));

    static final List<SchemaKey> KEYS = List.of(
            key(Purpose.SERVICE, "automatic replies and answers of the FAQ"),
            key(Purpose.SURVEY, "surveys"),
            key(Purpose.MARKETING, "replies of the purpose marketing"),
            key(Purpose.ANALYTICS, "what is told to programs that count visitors"));

    private static SchemaKey key(Purpose purpose, String what) {
        Needs usual = DEFAULT.needs.getOrDefault(purpose, Needs.EXPLICIT);
        return new SchemaKey(
                "consent." + Words.of(purpose),
                Form.WORD,
                Words.all(Needs.class),
                "The consent for " + what + "; " + Words.of(usual) + " unless said.",
                Words.of(usual));
    }

    static ConsentPolicy read(@Nullable Node node, Problems problems) {
        if (node == null) {
            return DEFAULT;
        }
        node.needEntries(problems);
        node.allowKeys(problems, SchemaKey.names(KEYS, "consent."));
        Map<Purpose, Needs> needs = new EnumMap<>(DEFAULT.needs);
        for (Purpose purpose : Purpose.values()) {
            node.get(Words.of(purpose))
                    .map(value ->
                            RuleValues.known(value, "consent that can be needed", Words.all(Needs.class), problems))
                    .flatMap(word -> Words.find(Needs.class, word))
                    .ifPresent(found -> needs.put(purpose, found));
        }
        return new ConsentPolicy(needs);
    }

    /**
     * Why nothing may be sent, or told, for a purpose; null when it may.
     *
     * @param said what the customer said last, on the channel where it is sent
     */
    public @Nullable String refuses(Map<Purpose, Boolean> said, Purpose purpose) {
        if (Boolean.FALSE.equals(said.get(Purpose.SERVICE)) && purpose != Purpose.ANALYTICS) {
            return "the customer opted out";
        }
        Boolean given = said.get(purpose);
        if (Boolean.FALSE.equals(given)) {
            return "the customer withdrew their consent to " + Words.of(purpose);
        }
        return given == null && needs.get(purpose) == Needs.EXPLICIT
                ? "the customer has not consented to " + Words.of(purpose) + ", which consent." + Words.of(purpose)
                        + " in rules.yaml asks for"
                : null;
    }
}
