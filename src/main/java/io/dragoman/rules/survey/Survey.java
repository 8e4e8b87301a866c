// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.survey;

import io.dragoman.model.Hashes;
import io.dragoman.model.Words;
import io.dragoman.rules.condition.Condition;
import io.dragoman.rules.text.Languages;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One survey of {@code surveys.yaml}.
 *
 * @param when conditions that the closed conversation must all meet
 * @param after how long after closing it is sent
 * @param every for how long a contact gets it once at most
 * @param expires how long answers are understood
 * @param texts the question by language, in the order of the file; so with the others
 * @param choices what can be picked instead of numbers, from the least score on; of some languages none
 * @param comments asks for a comment after the answer; empty asks for none
 * @param thanks what is said at the end; empty says nothing
 */
public record Survey(
        String name,
        Kind kind,
        Scale scale,
        List<Condition> when,
        Duration after,
        Duration every,
        Duration expires,
        Map<String, String> texts,
        Map<String, List<String>> choices,
        Map<String, String> comments,
        Map<String, String> thanks) {
    /** Any language, where a text is for all. */
    public static final String DEFAULT = "default";

    private static final int VERSION = 12;

    public Survey {
        when = List.copyOf(when);
    }

    /** What is measured. */
    public enum Kind {
        /** How content customers are, 1 to 5: 4 and 5 are content. */
        CSAT(1, 5),
        /** How likely they recommend us, 0 to 10: 9 and 10 do, up to 6 do not. */
        NPS(0, 10),
        /** How easy it was, 1 to 7. */
        CES(1, 7),
        /** A question of one's own. */
        OWN(1, 5);

        private final int least;
        private final int most;

        Kind(int least, int most) {
            this.least = least;
            this.most = most;
        }

        Scale scale() {
            return new Scale(least, most);
        }
    }

    /** The scores that there are. */
    public record Scale(int least, int most) {
        /** Reads {@code 1-5}. */
        public static Scale of(String text) {
            String[] ends = text.split("-", 2);
            return new Scale(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
        }

        public boolean has(int score) {
            return score >= least && score <= most;
        }

        public String text() {
            return least + "-" + most;
        }
    }

    /** The attribute of a conversation, and of its contact, that has the score. */
    public String attribute() {
        return attribute(kind, name);
    }

    /** The same for one that is not configured any more. */
    public static String attribute(Kind kind, String name) {
        return kind == Kind.OWN ? name : Words.of(kind);
    }

    /** Changes with whatever a customer is asked: answers to different questions are not compared. */
    public String version() {
        String all = kind + " " + scale.text() + " " + texts + " " + choices;
        return Hashes.sha256Hex(all.getBytes(StandardCharsets.UTF_8)).substring(0, VERSION);
    }

    /** The language in which a customer who reads these is asked. */
    public String language(List<String> wanted) {
        List<String> declared =
                texts.keySet().stream().filter(tag -> !tag.equals(DEFAULT)).toList();
        return wanted.stream()
                .map(tag -> Languages.best(tag, declared))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> texts.containsKey(DEFAULT)
                        ? DEFAULT
                        : texts.keySet().iterator().next());
    }

    public String question(String language) {
        return in(texts, language).orElse("");
    }

    /** What can be picked, from the least score on; empty asks for a number. */
    public List<String> choices(String language) {
        List<String> own = choices.get(language);
        return own == null ? choices.getOrDefault(DEFAULT, List.of()) : own;
    }

    public Optional<String> comment(String language) {
        return in(comments, language);
    }

    public Optional<String> thanks(String language) {
        return in(thanks, language);
    }

    /** In the language of the question where there is one, else for everybody, else in the first. */
    public static Optional<String> in(Map<String, String> texts, String language) {
        return Optional.ofNullable(texts.get(language))
                .or(() -> Languages.best(language, texts.keySet()).map(texts::get))
                .or(() -> Optional.ofNullable(texts.get(DEFAULT)))
                .or(() -> texts.values().stream().findFirst());
    }
}
