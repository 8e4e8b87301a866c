// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.listen;

import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.Keyword;
import io.dragoman.rules.text.Languages;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the streams of {@code listening.yaml}. */
final class StreamReader {
    private static final String STREAM = "streams.*.";
    /** The kinds of channel that bring what is public. */
    private static final List<String> KINDS = List.of("facebook", "instagram", "x", "linkedin");

    static final List<SchemaKey> KEYS = List.of(
            new SchemaKey(STREAM + "channels", Form.TEXTS, "The channels that it hears.", "[shop-facebook]"),
            new SchemaKey(STREAM + "kinds", Form.WORDS, KINDS, "The kinds of channel that it hears.", "[facebook]"),
            new SchemaKey(STREAM + "any", Form.TEXTS, "Words, of which one is found.", "[refund, money back]"),
            new SchemaKey(STREAM + "all", Form.TEXTS, "Words, of which each is found.", "[order]"),
            new SchemaKey(STREAM + "none", Form.TEXTS, "Words, of which none is found.", "[giveaway]"),
            new SchemaKey(STREAM + "hashtags", Form.TEXTS, "Hashtags, of which one is found.", "[acmefail]"),
            new SchemaKey(STREAM + "languages", Form.TEXTS, "The languages it is written in.", "[de, fr]"),
            new SchemaKey(STREAM + "places", Form.TEXTS, "The countries it is written in.", "[DE, AT]"),
            new SchemaKey(
                    STREAM + "unplaced",
                    Form.FLAG,
                    "Whether it hears, beside those places, what comes from nobody knows where; true unless said.",
                    "false"),
            new SchemaKey(STREAM + "tags", Form.TEXTS, "Tags of the conversations that it hears.", "[listening]"));

    private static final Set<String> NAMES = SchemaKey.names(KEYS, STREAM);
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Pattern ID = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]{0,39}");

    private final Set<String> channels;
    private final Problems problems;

    StreamReader(Set<String> channels, Problems problems) {
        this.channels = channels;
        this.problems = problems;
    }

    List<HeardStream> read(Node map) {
        List<HeardStream> streams = new ArrayList<>();
        map.needEntries(problems).forEach((id, node) -> streams.add(stream(id, node)));
        return streams;
    }

    private HeardStream stream(String id, Node node) {
        if (node.shape() != Node.Shape.EMPTY) {
            node.needEntries(problems);
        }
        node.allowKeys(problems, NAMES);
        if (!ID.matcher(id).matches()) {
            problems.add(node, "stands under '" + id + "': a stream's id is at most 40 letters, digits, - and _.");
        }
        boolean unplaced = node.get("unplaced")
                .map(flag -> Boolean.TRUE.equals(RuleValues.flag(flag, problems)))
                .orElse(true);
        return new HeardStream(
                id,
                known(node, "channels", "channel", channels),
                known(node, "kinds", "kind of channel with public messages", KINDS),
                words(node, "any"),
                words(node, "all"),
                words(node, "none"),
                hashtags(node),
                languages(node),
                countries(node),
                unplaced,
                texts(node, "tags"));
    }

    private List<String> known(Node node, String key, String what, Collection<String> known) {
        return node.get(key)
                .map(names -> RuleValues.allKnown(names, what, known, problems))
                .orElse(List.of());
    }

    private List<String> texts(Node node, String key) {
        return node.get(key).map(list -> RuleValues.texts(list, problems)).orElse(List.of());
    }

    private List<Node> items(Node node, String key) {
        texts(node, key); // an empty list, or what is no text, is told
        return node.get(key).map(RuleValues::items).orElse(List.of()).stream()
                .filter(item -> item.shape() == Node.Shape.TEXT && !item.text().isBlank())
                .toList();
    }

    private List<Keyword> words(Node node, String key) {
        return items(node, key).stream()
                .flatMap(item -> Keyword.read(item, problems).stream())
                .toList();
    }

    private List<String> hashtags(Node node) {
        List<String> tags = new ArrayList<>();
        for (Node item : items(node, "hashtags")) {
            String tag = PublicText.hashtag(item.text());
            if (!tag.matches("[\\p{L}\\p{M}\\p{N}_]{1,200}")) {
                problems.add(
                        item,
                        "is " + QuotedText.quote(item.text()) + " but must be a hashtag of letters, digits and _.");
            }
            tags.add(tag);
        }
        return tags;
    }

    private List<String> languages(Node node) {
        items(node, "languages").stream()
                .filter(item -> !Languages.isTag(item.text()))
                .forEach(item -> problems.add(
                        item,
                        "is " + QuotedText.quote(item.text()) + " but must be a language tag, such as de or pt-BR."));
        return texts(node, "languages");
    }

    private List<String> countries(Node node) {
        List<String> countries = new ArrayList<>();
        for (Node item : items(node, "places")) {
            String country = item.text().strip().toUpperCase(Locale.ROOT);
            if (!COUNTRIES.contains(country)) {
                problems.add(
                        item,
                        "is " + QuotedText.quote(item.text()) + " but must be a country of two letters, such as DE.");
            }
            countries.add(country);
        }
        return countries;
    }
}
