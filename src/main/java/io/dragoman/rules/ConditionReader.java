// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.Conversation;
import io.dragoman.model.Words;
import io.dragoman.rules.Condition.Finding;
import io.dragoman.rules.SchemaKey.Place;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the conditions of a rule, in the order in which they stand. */
final class ConditionReader {
    private final Set<String> channels;
    private final Set<String> desks;
    private final Calendars calendars;
    private final Expressions expressions;
    private final Problems problems;

    ConditionReader(Set<String> channels, Set<String> desks, Calendars calendars, Problems problems) {
        this.channels = channels;
        this.desks = desks;
        this.calendars = calendars;
        this.expressions = new Expressions(calendars);
        this.problems = problems;
    }

    List<Condition> read(Node when) {
        return each(when, Place.WHEN, this::condition);
    }

    private List<Condition> each(Node map, Place place, Reading reading) {
        map.allowKeys(problems, SchemaKey.names(place));
        List<Condition> conditions = new ArrayList<>();
        map.needEntries(problems).forEach((key, node) -> {
            if (SchemaKey.names(place).contains(key)) {
                conditions.addAll(reading.read(key, node));
            }
        });
        return conditions;
    }

    private interface Reading {
        List<Condition> read(String key, Node node);
    }

    private List<Condition> condition(String key, Node node) {
        return switch (key) {
            case "channel" ->
                is(key, RuleValues.allKnown(node, "channel", channels, problems), facts -> facts.situation()
                        .conversation()
                        .channel());
            case "kind" ->
                is(key, RuleValues.texts(node, problems), facts -> facts.situation()
                        .conversation()
                        .kind());
            case "text" -> Search.words(key, node, Facts::text, problems);
            case "subject" -> Search.words(key, node, Facts::subject, problems);
            case "from" -> from(node);
            case "language" ->
                language(key, node, facts -> facts.languages().stream()
                        .findFirst()
                        .orElse(null));
            case "has" -> has(node);
            case "first" -> flag(key, node, facts -> facts.situation().first(), "it is the first message");
            case "hours" -> hours(node);
            case "contact" -> each(node, Place.CONTACT, this::contact);
            case "conversation" -> each(node, Place.CONVERSATION, this::conversation);
            case "automatic" ->
                flag(key, node, facts -> facts.situation().event().automatic() != null, "a machine wrote it");
            case "if" -> expressions.compile(node, problems).stream().toList();
            default -> throw new IllegalStateException("no reading for the key " + key);
        };
    }

    private List<Condition> contact(String key, Node node) {
        String label = "contact." + key;
        return switch (key) {
            case "tags" ->
                Search.tags(label, node, facts -> facts.situation().contact().tags(), problems);
            case "name" -> Search.words(label, node, Facts::name, problems);
            case "language" ->
                language(label, node, facts -> facts.situation().contact().language());
            default -> throw new IllegalStateException("no reading for the key " + label);
        };
    }

    private List<Condition> conversation(String key, Node node) {
        String label = "conversation." + key;
        return switch (key) {
            case "team" -> is(label, RuleValues.texts(node, problems), of(Conversation::team));
            case "tags" ->
                Search.tags(
                        label, node, facts -> facts.situation().conversation().tags(), problems);
            case "priority" ->
                is(
                        label,
                        RuleValues.allKnown(node, "priority", RuleSchema.PRIORITIES, problems),
                        of(conversation -> word(conversation.priority())));
            case "status" ->
                is(
                        label,
                        RuleValues.allKnown(node, "status", RuleSchema.STATES, problems),
                        of(conversation -> word(conversation.status())));
            case "subject" ->
                Search.words(
                        label,
                        node,
                        facts -> new SearchText(
                                Facts.or(facts.situation().conversation().subject())),
                        problems);
            case "language" -> language(label, node, of(Conversation::language));
            case "desk" -> is(label, RuleValues.allKnown(node, "desk", desks, problems), of(Conversation::desk));
            default -> throw new IllegalStateException("no reading for the key " + label);
        };
    }

    private static Function<Facts, @Nullable String> of(Function<Conversation, @Nullable String> value) {
        return facts -> value.apply(facts.situation().conversation());
    }

    static String word(Enum<?> value) {
        return Words.of(value);
    }

    private static List<Condition> is(String label, List<String> wanted, Function<Facts, @Nullable String> value) {
        Set<String> folded = Search.fold(wanted);
        return List.of(new Condition(QuotedText.label(label, wanted), facts -> {
            String found = value.apply(facts);
            boolean passed = found != null && folded.contains(TextFolding.fold(found));
            return finding(passed, found, wanted);
        }));
    }

    private static Finding finding(boolean passed, @Nullable String found, Collection<String> wanted) {
        String is = found == null || found.isEmpty() ? "is not set" : "is " + QuotedText.quote(found);
        return new Finding(passed, passed ? is : is + ", not " + QuotedText.quote(wanted));
    }

    private List<Condition> from(Node node) {
        List<String> wanted = RuleValues.texts(node, problems);
        List<SenderPattern> patterns = wanted.stream().map(SenderPattern::new).toList();
        return List.of(new Condition(QuotedText.label("from", wanted), facts -> {
            List<String> addresses = facts.addresses();
            for (String address : addresses) {
                if (patterns.stream().anyMatch(pattern -> pattern.matches(address))) {
                    return new Finding(true, "is " + QuotedText.quote(address));
                }
            }
            return new Finding(false, "is " + QuotedText.quote(addresses) + ", not " + QuotedText.quote(wanted));
        }));
    }

    private List<Condition> language(String label, Node node, Function<Facts, @Nullable String> value) {
        List<String> wanted = RuleValues.texts(node, problems);
        for (Node item : RuleValues.items(node)) {
            if (item.shape() == Node.Shape.TEXT && !item.text().isBlank() && !Languages.isTag(item.text())) {
                problems.add(
                        item,
                        "is " + QuotedText.quote(item.text()) + " but must be a language tag, such as de or pt-BR.");
            }
        }
        return List.of(new Condition(QuotedText.label(label, wanted), facts -> {
            String found = value.apply(facts);
            boolean passed = found != null && wanted.stream().anyMatch(tag -> Languages.within(found, tag));
            return finding(passed, found, wanted);
        }));
    }

    private List<Condition> has(Node node) {
        List<String> wanted = RuleValues.allKnown(node, "content", RuleSchema.CONTENTS, problems);
        return List.of(new Condition(QuotedText.label("has", wanted), facts -> {
            List<String> found = facts.situation().event().parts().stream()
                    .flatMap(part -> Stream.of(Variables.content(part), Variables.type(part)))
                    .distinct()
                    .toList();
            boolean passed = wanted.stream().anyMatch(found::contains);
            return new Finding(
                    passed, "has " + String.join(", ", found) + (passed ? "" : ", not " + QuotedText.quote(wanted)));
        }));
    }

    private List<Condition> flag(String key, Node node, Function<Facts, Boolean> value, String what) {
        Boolean wanted = RuleValues.flag(node, problems);
        return List.of(new Condition(key + ": " + wanted, facts -> {
            boolean found = value.apply(facts);
            return new Finding(Objects.equals(found, wanted), found ? what : "not so that " + what);
        }));
    }

    private List<Condition> hours(Node node) {
        boolean map = node.shape() == Node.Shape.MAP;
        if (map) {
            node.allowKeys(problems, SchemaKey.names(Place.OPEN));
        }
        Node state = map ? node.get("is").orElse(null) : node;
        if (state == null) {
            problems.add(node, "has no 'is'. Write is: open or is: closed.");
            return List.of();
        }
        String wanted = RuleValues.known(state, "state of the hours", RuleSchema.STATES, problems);
        String name =
                map && node.get("name").isPresent() ? named(node.get("name").get()) : usual(node);
        Hours hours = name == null ? null : calendars.get(name).orElse(null);
        if (name == null || hours == null || wanted == null) {
            return List.of();
        }
        String label = "hours: " + wanted + (name.equals(Calendars.DEFAULT) ? "" : " (" + name + ")");
        return List.of(new Condition(label, facts -> {
            boolean open = hours.isOpen(facts.situation().now());
            return new Finding(
                    open == wanted.equals("open"), (open ? "open" : "closed") + " at " + TimeText.at(facts, hours));
        }));
    }

    private @Nullable String named(Node node) {
        return RuleValues.known(node, "name in hours.yaml", calendars.named().keySet(), problems);
    }

    private @Nullable String usual(Node node) {
        String usual = calendars.usual().orElse(null);
        if (usual == null) {
            problems.add(
                    node,
                    calendars.named().isEmpty()
                            ? "asks for the hours, but hours.yaml has none. Write down when you are open there."
                            : "does not say which hours are meant. Name some 'default' in hours.yaml,"
                                    + " or write {is: closed, name: …}.");
        }
        return usual;
    }
}
