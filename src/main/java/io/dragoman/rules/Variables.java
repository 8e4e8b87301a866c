// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a CEL expression sees: the types that it is checked against, and the values. Absent texts are empty. */
final class Variables {
    /** More than people send; an expression must not walk over thousands. */
    private static final int MOST_PARTS = 100;

    private static final CelType TEXTS = ListType.create(SimpleType.STRING);

    private Variables() {}

    /** The variables with their types. */
    static Map<String, CelType> types(Calendars calendars) {
        Map<String, CelType> types = new LinkedHashMap<>(structs(calendars));
        types.keySet().removeIf(name -> Character.isUpperCase(name.charAt(0)));
        types.put("channel", SimpleType.STRING);
        types.put("kind", SimpleType.STRING);
        types.put("now", SimpleType.TIMESTAMP);
        return types;
    }

    /** Finds the structures by name while an expression is checked. */
    static CelTypeProvider provider(Calendars calendars) {
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
        Map<String, CelType> identity =
                Map.of("type", SimpleType.STRING, "value", SimpleType.STRING, "verified", SimpleType.BOOL);
        return Map.of(
                "Opening", struct("Opening", opening),
                "Identity", struct("Identity", identity),
                "Part", struct("Part", partTypes()),
                "hours", struct("hours", hours),
                "message", struct("message", messageTypes()),
                "contact", struct("contact", contactTypes()),
                "conversation", struct("conversation", conversationTypes()));
    }

    private static StructType struct(String name, Map<String, CelType> types) {
        ImmutableMap<String, CelType> fields = ImmutableMap.copyOf(types);
        return StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    }

    private static Map<String, CelType> partTypes() {
        Map<String, CelType> types = new LinkedHashMap<>();
        List.of("type", "text", "media", "mimeType", "fileName", "choice", "title")
                .forEach(name -> types.put(name, SimpleType.STRING));
        types.put("size", SimpleType.INT);
        return types;
    }

    private static Map<String, CelType> messageTypes() {
        return Map.of(
                "text", SimpleType.STRING,
                "subject", SimpleType.STRING,
                "from", SimpleType.STRING,
                "parts", ListType.create(StructTypeReference.create("Part")),
                "first", SimpleType.BOOL,
                "automatic", SimpleType.BOOL,
                "isReply", SimpleType.BOOL,
                "sentAt", SimpleType.TIMESTAMP);
    }

    private static Map<String, CelType> contactTypes() {
        return Map.of(
                "id", SimpleType.STRING,
                "name", SimpleType.STRING,
                "language", SimpleType.STRING,
                "tags", TEXTS,
                "identities", ListType.create(StructTypeReference.create("Identity")));
    }

    private static Map<String, CelType> conversationTypes() {
        Map<String, CelType> types = new LinkedHashMap<>();
        List.of("id", "channel", "kind", "subject", "status", "team", "priority", "language", "desk")
                .forEach(name -> types.put(name, SimpleType.STRING));
        types.put("tags", TEXTS);
        types.put("createdAt", SimpleType.TIMESTAMP);
        types.put("updatedAt", SimpleType.TIMESTAMP);
        return types;
    }

    /** The values in one situation. */
    static Map<String, Object> of(Facts facts) {
        Situation situation = facts.situation();
        return Map.of(
                "message", message(facts),
                "contact", contact(facts),
                "conversation", conversation(situation.conversation()),
                "channel", situation.conversation().channel(),
                "kind", situation.conversation().kind(),
                "hours", facts.calendars().states(situation.now()),
                "now", situation.now());
    }

    private static Map<String, Object> message(Facts facts) {
        CustomerEvent.MessageReceived event = facts.situation().event();
        return Map.of(
                "text", facts.text().composed(),
                "subject", facts.subject().composed(),
                "from", event.sender().address(),
                "parts", parts(event.parts()),
                "first", facts.situation().first(),
                "automatic", event.automatic() != null,
                "isReply", event.replyTo() != null,
                "sentAt", event.at());
    }

    /** The first parts, with no more text in all than a message's text may have. */
    private static List<Map<String, Object>> parts(List<Part> parts) {
        List<Map<String, Object>> seen = new ArrayList<>();
        int left = TextFolding.LONGEST;
        for (Part part : parts.subList(0, Math.min(parts.size(), MOST_PARTS))) {
            String text = TextFolding.composed(Facts.text(part));
            left -= text.length();
            seen.add(part(part, left < 0 ? "" : text));
        }
        return seen;
    }

    private static Map<String, Object> part(Part part, String text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        partTypes().keySet().forEach(name -> fields.put(name, ""));
        fields.put("size", 0L);
        fields.put("type", type(part));
        fields.put("text", text);
        if (part instanceof Part.Media media) {
            fields.put("media", ConditionReader.word(media.media()));
            fields.put("mimeType", media.mimeType());
            fields.put("fileName", Facts.or(media.fileName()));
            Long size = media.size();
            fields.put("size", size == null ? 0L : size);
        } else if (part instanceof Part.ChoiceMade picked) {
            fields.put("choice", picked.id());
            fields.put("title", picked.title());
        }
        return fields;
    }

    private static Map<String, Object> contact(Facts facts) {
        Contact contact = facts.situation().contact();
        return Map.of(
                "id", contact.id(),
                "name", facts.name().composed(),
                "language", Facts.or(contact.language()),
                "tags", contact.tags(),
                "identities",
                        contact.identities().stream()
                                .map(each ->
                                        Map.of("type", each.type(), "value", each.value(), "verified", each.verified()))
                                .toList());
    }

    private static Map<String, Object> conversation(Conversation conversation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", conversation.id());
        fields.put("channel", conversation.channel());
        fields.put("kind", conversation.kind());
        fields.put("subject", Facts.or(conversation.subject()));
        fields.put("status", ConditionReader.word(conversation.status()));
        fields.put("team", Facts.or(conversation.team()));
        fields.put("priority", ConditionReader.word(conversation.priority()));
        fields.put("language", Facts.or(conversation.language()));
        fields.put("desk", Facts.or(conversation.desk()));
        fields.put("tags", conversation.tags());
        fields.put("createdAt", conversation.createdAt());
        fields.put("updatedAt", conversation.updatedAt());
        return fields;
    }

    /** The word for a part, as in its JSON form. */
    static String type(Part part) {
        if (part instanceof Part.Text) {
            return "text";
        } else if (part instanceof Part.Media) {
            return "media";
        } else if (part instanceof Part.Location) {
            return "location";
        } else if (part instanceof Part.ContactCard) {
            return "contact";
        } else if (part instanceof Part.Choices) {
            return "choices";
        } else if (part instanceof Part.ChoiceMade) {
            return "choice";
        }
        return part instanceof Part.Template ? "template" : "unsupported";
    }

    /** The same, but for media what they are: {@code image}, {@code audio}… */
    static String content(Part part) {
        return part instanceof Part.Media media ? ConditionReader.word(media.media()) : type(part);
    }
}
