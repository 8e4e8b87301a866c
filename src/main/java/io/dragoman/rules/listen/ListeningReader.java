// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.listen;

import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code listening.yaml}. */
public final class ListeningReader {
    private static final String APPROVAL = "approval.";
    private static final String FORWARD = "forward";
    private static final List<String> UNHEARD = List.of(FORWARD, "drop");

    /** The keys of {@code listening.yaml}. */
    public static final List<SchemaKey> KEYS = Stream.of(
                    StreamReader.KEYS,
                    List.of(
                            new SchemaKey(
                                    "unheard",
                                    Form.WORD,
                                    UNHEARD,
                                    "What becomes of a public conversation that no stream hears: forward, unless said otherwise.",
                                    "drop"),
                            new SchemaKey(
                                    APPROVAL + "automatic",
                                    Form.FLAG,
                                    "Whether public answers of rules and the FAQ wait for approval; true unless said.",
                                    "true"),
                            new SchemaKey(
                                    APPROVAL + "agents",
                                    Form.FLAG,
                                    "Whether public answers of agents wait for approval; false unless said.",
                                    "false"),
                            new SchemaKey(
                                    APPROVAL + "expires",
                                    Form.TEXT,
                                    "How long they wait, and are never sent afterwards; 2d unless said.",
                                    "2d")),
                    WordListReader.KEYS)
            .flatMap(List::stream)
            .toList();

    private final Set<String> channels;
    private final Problems problems;

    /** @param channels the ids that a stream may name */
    public ListeningReader(Set<String> channels, Problems problems) {
        this.channels = channels;
        this.problems = problems;
    }

    /** What a file's root says; null is no file. */
    public Listening read(@Nullable Node root) {
        WordListReader words = new WordListReader(problems);
        if (root == null) {
            return new Listening(List.of(), true, PublicAnswers.DEFAULT, words.read(null));
        }
        root.needEntries(problems);
        root.allowKeys(problems, Set.of("streams", "unheard", "approval", "negative"));
        List<HeardStream> streams = section(root, "streams")
                .map(new StreamReader(channels, problems)::read)
                .orElse(List.of());
        boolean forwards = root.get("unheard")
                .map(node -> RuleValues.known(node, "fate of what no stream hears", UNHEARD, problems))
                .map(FORWARD::equals)
                .orElse(true);
        if (!forwards && streams.isEmpty()) {
            root.get("unheard")
                    .ifPresent(node -> problems.add(
                            node,
                            "is drop, but there is no stream: every new public conversation would be dropped."
                                    + " Write a stream, or take this out."));
        }
        return new Listening(
                streams,
                forwards,
                section(root, "approval").map(this::answers).orElse(PublicAnswers.DEFAULT),
                words.read(section(root, "negative").orElse(null)));
    }

    /** One that is there and not empty. */
    private static Optional<Node> section(Node root, String name) {
        return root.get(name).filter(node -> node.shape() != Node.Shape.EMPTY);
    }

    private PublicAnswers answers(Node node) {
        node.needEntries(problems);
        node.allowKeys(problems, SchemaKey.names(KEYS, APPROVAL));
        PublicAnswers usual = PublicAnswers.DEFAULT;
        Duration expires = node.get("expires")
                .map(time -> RuleValues.duration(time, problems))
                .orElse(usual.expires());
        return new PublicAnswers(
                flag(node, "automatic", usual.automatic()), flag(node, "agents", usual.agents()), expires);
    }

    private boolean flag(Node node, String key, boolean usual) {
        return node.get(key)
                .map(value -> Boolean.TRUE.equals(RuleValues.flag(value, problems)))
                .orElse(usual);
    }
}
