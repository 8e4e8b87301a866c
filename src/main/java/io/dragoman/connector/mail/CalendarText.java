// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.kit.SafeText;
import io.dragoman.model.Json;
import io.dragoman.model.Structured;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an invitation, an answer to one or a cancellation says (iCalendar, RFC 5545 and 5546), in a sentence. Reads the
 * first event or task alone, as leniently as it is written. Never throws. For one text, in one thread.
 */
final class CalendarText {
    private static final int LONGEST = 256 * 1024;
    private static final int LONGEST_VALUE = 300;
    private static final int DEEPEST = 20;
    private static final Set<String> EVENTS = Set.of("VEVENT", "VTODO");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMMM uuuu HH:mm", Locale.ENGLISH);
    private static final Map<String, String> ANSWERS = Map.of(
            "ACCEPTED", "accepted",
            "DECLINED", "declined",
            "TENTATIVE", "tentatively accepted",
            "DELEGATED", "delegated",
            "COMPLETED", "completed",
            "IN-PROCESS", "is at work on");

    private final Deque<String> components = new ArrayDeque<>();
    private final Map<String, Property> event = new LinkedHashMap<>();
    private String method = "";
    private boolean done;

    private CalendarText() {}

    /** A property: its parameters by their names in upper case, and its raw value. */
    private record Property(Map<String, String> parameters, String value) {
        /** The name that a person has, else their address. */
        String person() {
            String name = parameters.get("CN");
            return SafeText.line(
                    name == null || name.isBlank() ? value.replaceFirst("(?i)^mailto:", "") : name, LONGEST_VALUE);
        }
    }

    /** The sentence with its fields; empty for a calendar without any event. */
    static Optional<Structured> read(String text) {
        CalendarText calendar = new CalendarText();
        String bounded = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        // a line goes on in the next one that starts with white space
        bounded.replaceAll("\\r?\\n[ \\t]", "").lines().forEach(calendar::line);
        return calendar.event.isEmpty() ? Optional.empty() : Optional.of(calendar.structured());
    }

    private void line(String line) {
        int colon = colon(line);
        if (colon < 1 || done) {
            return;
        }
        List<String> head = head(line.substring(0, colon));
        String name = head.get(0).trim().toUpperCase(Locale.ROOT);
        String value = line.substring(colon + 1);
        if (name.equals("BEGIN") && components.size() < DEEPEST) {
            components.push(value.trim().toUpperCase(Locale.ROOT));
        } else if (name.equals("END")) {
            done = EVENTS.contains(components.isEmpty() ? "" : components.pop());
        } else if (name.equals("METHOD") && components.size() <= 1) {
            method = value.trim().toUpperCase(Locale.ROOT);
        } else if (!components.isEmpty() && EVENTS.contains(components.peek())) {
            event.putIfAbsent(name, new Property(parameters(head), value));
        }
    }

    /** Where the value starts: the first colon outside quotes; -1 for none. */
    private static int colon(String line) {
        boolean quoted = false;
        for (int i = 0; i < Math.min(line.length(), 4_000); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            if (c == ':' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** The name and the parameters: what semicolons outside quotes part. */
    private static List<String> head(String text) {
        List<String> head = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            quoted ^= text.charAt(i) == '"';
            if (text.charAt(i) == ';' && !quoted) {
                head.add(text.substring(start, i));
                start = i + 1;
            }
        }
        head.add(text.substring(start));
        return head;
    }

    private static Map<String, String> parameters(List<String> head) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : head.subList(1, head.size())) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        parameter.substring(0, equals).trim().toUpperCase(Locale.ROOT),
                        parameter.substring(equals + 1).replace("\"", ""));
            }
        }
        return parameters;
    }

    private Structured structured() {
        ObjectNode data = Json.mapper().createObjectNode();
        put(data, "method", method.toLowerCase(Locale.ROOT));
        put(data, "uid", text("UID"));
        put(data, "summary", text("SUMMARY"));
        put(data, "start", when("DTSTART"));
        put(data, "end", when("DTEND"));
        put(data, "location", text("LOCATION"));
        Property attendee = event.get("ATTENDEE");
        if (attendee != null && method.equals("REPLY")) {
            put(
                    data,
                    "answer",
                    attendee.parameters().getOrDefault("PARTSTAT", "").toLowerCase(Locale.ROOT));
        }
        return new Structured("calendar", sentence(attendee), data);
    }

    private static void put(ObjectNode data, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            data.put(name, SafeText.line(value, LONGEST_VALUE));
        }
    }

    private String sentence(@Nullable Property attendee) {
        StringBuilder text = new StringBuilder(beginning(attendee));
        String summary = text("SUMMARY");
        text.append(": ").append(summary == null ? "without a title" : summary);
        for (String detail : new @Nullable String[] {when("DTSTART"), text("LOCATION")}) {
            text.append(detail == null ? "" : ", " + detail);
        }
        text.append(event.containsKey("RRULE") ? ", repeated" : "");
        String comment = text("COMMENT");
        return text.append(comment == null ? "" : "\n" + comment).toString();
    }

    private String beginning(@Nullable Property attendee) {
        Property organizer = event.get("ORGANIZER");
        String by = organizer == null ? "" : " by " + organizer.person();
        String guest = attendee == null ? "Somebody" : attendee.person();
        return switch (method) {
            case "REPLY" ->
                guest + " "
                        + ANSWERS.getOrDefault(
                                attendee == null
                                        ? ""
                                        : attendee.parameters()
                                                .getOrDefault("PARTSTAT", "")
                                                .toUpperCase(Locale.ROOT),
                                "answered");
            case "CANCEL" -> "Cancelled" + by;
            case "COUNTER" -> guest + " proposes another time";
            case "DECLINECOUNTER" -> "Another time was declined" + by;
            case "REQUEST", "ADD" -> "Invitation" + by;
            default -> "Event" + by;
        };
    }

    private @Nullable String text(String name) {
        Property property = event.get(name);
        if (property == null) {
            return null;
        }
        String value = property.value().replaceAll("\\\\[nN]", " ").replaceAll("\\\\(.)", "$1");
        String line = SafeText.line(value, LONGEST_VALUE);
        return line.isEmpty() ? null : line;
    }

    /** A day, or a time with its zone; as it stands where it is neither. */
    private @Nullable String when(String name) {
        Property property = event.get(name);
        if (property == null) {
            return null;
        }
        String value = property.value().trim();
        try {
            if (value.length() == 8) {
                return LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE).format(DAY);
            }
            boolean utc = value.endsWith("Z");
            String zone = utc ? " UTC" : zone(property.parameters().get("TZID"));
            String local = utc ? value.substring(0, value.length() - 1) : value;
            return LocalDateTime.parse(local, DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT))
                            .format(TIME)
                    + zone;
        } catch (DateTimeParseException e) {
            return SafeText.line(value, 50);
        }
    }

    private static String zone(@Nullable String zone) {
        return zone == null || zone.isBlank() ? "" : " (" + SafeText.line(zone, 60) + ")";
    }
}
