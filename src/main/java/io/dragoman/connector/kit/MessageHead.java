// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.model.Message;
import io.dragoman.model.Participant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an agent must know of a customer's message beside its words: that others wrote them, and who else got it. For
 * desks that show a message as text; each line is a whole one.
 */
public final class MessageHead {
    private static final int LONGEST_NAME = 200;

    private MessageHead() {}

    /** The lines that stand above the text; none for most messages. */
    public static List<String> lines(Message message) {
        List<String> lines = new ArrayList<>();
        if (message.direction() == Message.Direction.IN) {
            String whose = message.forwarded();
            if (whose != null) {
                lines.add(whose.isBlank() ? "Forwarded" : "Forwarded from " + SafeText.line(whose, LONGEST_NAME));
            }
            people("From", message.from(), lines);
            people("To", message.to(), lines);
            people("Copy", message.cc(), lines);
        }
        return lines;
    }

    private static void people(String role, List<Participant> people, List<String> lines) {
        if (!people.isEmpty()) {
            lines.add(role + ": " + people.stream().map(MessageHead::shown).collect(Collectors.joining(", ")));
        }
    }

    private static String shown(Participant person) {
        String address = SafeText.line(person.address(), LONGEST_NAME);
        String name = person.name();
        return name == null || name.isBlank() ? address : SafeText.line(name, LONGEST_NAME) + " <" + address + ">";
    }
}
