// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A situation, and what several rules want to know of it: worked out when first asked for. For one thread. */
final class Facts {
    private final Situation situation;
    private final Calendars calendars;
    private @Nullable SearchText text;
    private @Nullable SearchText subject;
    private @Nullable SearchText name;
    private @Nullable Map<String, Object> variables;

    Facts(Situation situation, Calendars calendars) {
        this.situation = situation;
        this.calendars = calendars;
    }

    Situation situation() {
        return situation;
    }

    Calendars calendars() {
        return calendars;
    }

    /** What the customer wrote and picked. */
    SearchText text() {
        if (text == null) {
            text = new SearchText(rawText());
        }
        return text;
    }

    String rawText() {
        StringBuilder joined = new StringBuilder();
        for (Part part : situation.event().parts()) {
            String piece = text(part);
            if (!piece.isEmpty() && joined.length() <= TextFolding.LONGEST) {
                joined.append(joined.length() == 0 ? "" : "\n").append(piece);
            }
        }
        return joined.toString();
    }

    static String text(Part part) {
        return part.accept(PartWords.INSTANCE);
    }

    /** The subject of this mail, else of the conversation. */
    SearchText subject() {
        if (subject == null) {
            subject = new SearchText(rawSubject());
        }
        return subject;
    }

    String rawSubject() {
        String own = situation.event().threading().subject();
        return own != null ? own : or(situation.conversation().subject());
    }

    /** What the contact is called. */
    SearchText name() {
        if (name == null) {
            name = new SearchText(rawName());
        }
        return name;
    }

    String rawName() {
        String known = situation.contact().name();
        return known != null ? known : or(situation.event().sender().name());
    }

    /** The languages that the customer may read, the surest first. */
    List<String> languages() {
        return Stream.of(
                        situation.conversation().language(),
                        situation.event().sender().language(),
                        situation.contact().language())
                .filter(Objects::nonNull)
                .filter(tag -> !tag.isBlank())
                .distinct()
                .toList();
    }

    /** Every address that the sender is known by. */
    List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        addresses.add(situation.event().sender().address());
        situation.event().sender().identities().forEach(identity -> addresses.add(identity.value()));
        return addresses.stream().distinct().toList();
    }

    /** What expressions see. */
    Map<String, Object> variables() {
        if (variables == null) {
            variables = Variables.of(this);
        }
        return variables;
    }

    static String or(@Nullable String text) {
        return text == null ? "" : text;
    }
}
