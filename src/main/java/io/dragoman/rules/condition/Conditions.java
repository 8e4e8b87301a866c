// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import io.dragoman.rules.hours.Calendars;
import io.dragoman.rules.listen.Listening;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of all conditions, and the reader of {@code when}, in the order of the table. */
public final class Conditions {
    private static final List<ConditionType> PLAIN = List.of(
            ChannelCondition.TYPE,
            KindCondition.TYPE,
            TextCondition.TYPE,
            SubjectCondition.TYPE,
            FromCondition.TYPE,
            LanguageCondition.TYPE,
            HasCondition.TYPE,
            KeywordCondition.TYPE,
            FirstCondition.TYPE,
            HoursCondition.TYPE,
            AutomaticCondition.TYPE,
            ExpressionCondition.TYPE);

    private static final Map<String, ConditionType> ALL = Stream.of(
                    PLAIN, ListeningConditions.TYPES, ContactConditions.TYPES, ConversationConditions.TYPES)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(ConditionType::name, Function.identity()));

    /** Every key that may stand in and below {@code when}. */
    public static final List<SchemaKey> KEYS = Stream.of(
                    keys(PLAIN),
                    keys(ListeningConditions.TYPES),
                    Stream.of(ContactConditions.KEY),
                    keys(ContactConditions.TYPES),
                    Stream.of(ConversationConditions.KEY),
                    keys(ConversationConditions.TYPES),
                    Search.KEYS.stream(),
                    HoursCondition.KEYS.stream())
            .flatMap(Function.identity())
            .toList();

    private final ConditionContext context;

    /**
     * @param channels the ids that a rule may name; so with desks
     */
    public Conditions(
            Set<String> channels, Set<String> desks, Calendars calendars, Listening listening, Problems problems) {
        context = new ConditionContext(channels, desks, calendars, listening, new Expressions(calendars), problems);
    }

    private static Stream<SchemaKey> keys(List<ConditionType> types) {
        return types.stream().map(ConditionType::key);
    }

    /** Reads {@code when}. */
    public List<Condition> read(Node when) {
        return read("", when);
    }

    private List<Condition> read(String level, Node map) {
        Set<String> names = SchemaKey.names(KEYS, SchemaKey.WHEN + level);
        map.allowKeys(context.problems(), names);
        List<Condition> conditions = new ArrayList<>();
        map.needEntries(context.problems()).forEach((key, node) -> {
            ConditionType type = ALL.get(level + key);
            if (type != null) {
                conditions.addAll(type.reader().read(level + key, node, context));
            } else if (names.contains(key)) {
                conditions.addAll(read(level + key + ".", node));
            }
        });
        return conditions;
    }
}
