// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.facts;

import static io.dragoman.rules.text.QuotedText.orEmpty;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import io.dragoman.model.Conversation;
import io.dragoman.model.CustomerOrder;
import io.dragoman.model.Identity;
import io.dragoman.model.Part;
import io.dragoman.model.Words;
import io.dragoman.rules.facts.VariableTable.Field;
import io.dragoman.rules.hours.Calendars;
import io.dragoman.rules.text.TextFolding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a CEL expression sees: the types that it is checked against, and the values. Absent texts are empty. */
public final class Variables {
    /** More than people send; an expression must not walk over thousands. */
    private static final int MOST_PARTS = 100;

    private static final CelType TEXTS = ListType.create(SimpleType.STRING);

    private static final VariableTable<Identity> IDENTITY = new VariableTable<>(
            text("type", Identity::type),
            text("value", Identity::value),
            new Field<>("verified", SimpleType.BOOL, Identity::verified));

    private static final VariableTable<CustomerOrder> ORDER = new VariableTable<>(
            text("number", CustomerOrder::number),
            text("status", CustomerOrder::status),
            text("total", order -> orEmpty(order.total())),
            text("currency", order -> orEmpty(order.currency())),
            text("url", order -> orEmpty(order.url())),
            text("tracking", order -> orEmpty(order.tracking())),
            new Field<>("at", SimpleType.TIMESTAMP, CustomerOrder::at));

    private static final VariableTable<Facts> MESSAGE = new VariableTable<>(
            text("text", facts -> facts.text().composed()),
            text("full", facts -> TextFolding.composed(facts.rawFull())),
            text("subject", facts -> facts.subject().composed()),
            text("from", facts -> facts.situation().event().sender().address()),
            new Field<>("parts", ListType.create(StructTypeReference.create("Part")), Variables::parts),
            new Field<>("first", SimpleType.BOOL, facts -> facts.situation().first()),
            new Field<>(
                    "automatic",
                    SimpleType.BOOL,
                    facts -> facts.situation().event().automatic() != null),
            new Field<>(
                    "isReply",
                    SimpleType.BOOL,
                    facts -> facts.situation().event().replyTo() != null),
            new Field<>("sentAt", SimpleType.TIMESTAMP, facts -> facts.situation()
                    .event()
                    .at()));

    private static final VariableTable<Facts> CONTACT = new VariableTable<>(
            text("id", facts -> facts.situation().contact().id()),
            text("name", facts -> facts.name().composed()),
            text("language", facts -> orEmpty(facts.situation().contact().language())),
            new Field<>("tags", TEXTS, facts -> facts.situation().contact().tags()),
            new Field<>("attributes", MapType.create(SimpleType.STRING, SimpleType.STRING), facts -> facts.situation()
                    .contact()
                    .attributes()),
            new Field<>(
                    "orders",
                    ListType.create(StructTypeReference.create("Order")),
                    facts -> facts.situation().contact().orders().stream()
                            .map(ORDER::values)
                            .toList()),
            new Field<>(
                    "identities",
                    ListType.create(StructTypeReference.create("Identity")),
                    facts -> facts.situation().contact().identities().stream()
                            .map(IDENTITY::values)
                            .toList()));

    private static final VariableTable<Conversation> CONVERSATION = new VariableTable<>(
            text("id", Conversation::id),
            text("channel", Conversation::channel),
            text("kind", Conversation::kind),
            text("subject", conversation -> orEmpty(conversation.subject())),
            text("status", conversation -> Words.of(conversation.status())),
            text("team", conversation -> orEmpty(conversation.team())),
            text("assignee", conversation -> orEmpty(conversation.assignee())),
            text("priority", conversation -> Words.of(conversation.priority())),
            text("language", conversation -> orEmpty(conversation.language())),
            text("desk", conversation -> orEmpty(conversation.desk())),
            new Field<>("tags", TEXTS, Conversation::tags),
            new Field<>("attributes", MapType.create(SimpleType.STRING, SimpleType.STRING), Conversation::attributes),
            new Field<>("createdAt", SimpleType.TIMESTAMP, Conversation::createdAt),
            new Field<>("updatedAt", SimpleType.TIMESTAMP, Conversation::updatedAt));

    private Variables() {}

    private static <S> Field<S> text(String name, Function<S, String> value) {
        return new Field<>(name, SimpleType.STRING, value::apply);
    }

    /** The variables with their types. */
    public static Map<String, CelType> types(Calendars calendars) {
        Map<String, CelType> types = new LinkedHashMap<>(structs(calendars));
        types.keySet().removeIf(name -> Character.isUpperCase(name.charAt(0)));
        types.put("channel", SimpleType.STRING);
        types.put("kind", SimpleType.STRING);
        types.put("now", SimpleType.TIMESTAMP);
        return types;
    }

    /** Finds the structures by name while an expression is checked. */
    public static CelTypeProvider provider(Calendars calendars) {
        ImmutableMap<String, CelType> structs = ImmutableMap.copyOf(structs(calendars));
        return new CelTypeProvider() {
            @Override
            public ImmutableCollection<CelType> types() {
                return ImmutableList.copyOf(structs.values());
            }

            @Override
            public Optional<CelType> findType(String name) {
                return Optional.ofNullable(structs.get(name));
            }
        };
    }

    private static Map<String, CelType> structs(Calendars calendars) {
        Map<String, CelType> opening = Map.of("open", SimpleType.BOOL, "closed", SimpleType.BOOL);
        Map<String, CelType> hours = new LinkedHashMap<>(calendars.usual().isPresent() ? opening : Map.of());
        calendars.named().keySet().forEach(name -> hours.put(name, StructTypeReference.create("Opening")));
        return Map.of(
                "Opening", struct("Opening", opening),
                "Identity", struct("Identity", IDENTITY.types()),
                "Order", struct("Order", ORDER.types()),
                "Part", struct("Part", PartVariables.TABLE.types()),
                "hours", struct("hours", hours),
                "message", struct("message", MESSAGE.types()),
                "contact", struct("contact", CONTACT.types()),
                "conversation", struct("conversation", CONVERSATION.types()));
    }

    private static StructType struct(String name, Map<String, CelType> types) {
        ImmutableMap<String, CelType> fields = ImmutableMap.copyOf(types);
        return StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }

    /** The values in one situation. */
    static Map<String, Object> of(Facts facts) {
        Situation situation = facts.situation();
        return Map.of(
                "message", MESSAGE.values(facts),
                "contact", CONTACT.values(facts),
                "conversation", conversation(situation.conversation()),
                "channel", situation.conversation().channel(),
                "kind", situation.conversation().kind(),
                "hours", facts.calendars().states(situation.now()),
                "now", situation.now());
    }

    /** What is seen of a conversation. */
    public static Map<String, Object> conversation(Conversation conversation) {
        return CONVERSATION.values(conversation);
    }

    /** What is seen of an order. */
    public static Map<String, Object> order(CustomerOrder order) {
        return ORDER.values(order);
    }

    /** The first parts, with no more text in all than a message's text may have. */
    private static List<Map<String, Object>> parts(Facts facts) {
        List<Part> parts = facts.situation().event().parts();
        List<Map<String, Object>> seen = new ArrayList<>();
        int left = TextFolding.LONGEST;
        for (Part part : parts.subList(0, Math.min(parts.size(), MOST_PARTS))) {
            String text = TextFolding.composed(Facts.text(part));
            left -= text.length();
            seen.add(PartVariables.TABLE.values(new PartVariables(part, left < 0 ? "" : text)));
        }
        return seen;
    }
}
