// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.hours;

import io.dragoman.model.Words;
import io.dragoman.rules.hours.Hours.Holiday;
import io.dragoman.rules.hours.Hours.Span;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Suggestion;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code hours.yaml}. */
public final class HoursReader {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,2}):(\\d{2})\\s*[-–]\\s*(\\d{1,2}):(\\d{2})");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final int DAY = 24 * 60;

    /** Names that mean something else where hours are looked up by name. */
    private static final Set<String> TAKEN = Set.of("open", "closed", "nextOpen", "nextClose", "holiday", "zone");

    /** The keys of {@code hours.yaml}. */
    public static final List<SchemaKey> KEYS = List.of(
            new SchemaKey("hours.*.zone", Form.TEXT, "The time zone of the hours.", "Europe/Berlin"),
            new SchemaKey(
                    "hours.*.week", Form.MAP, "The spans of each day, or of several.", "{mon-fri: [\"09:00-17:00\"]}"),
            new SchemaKey("hours.*.holidays", Form.LIST, "The days that are not like the week.", "[2026-12-25, 01-01]"),
            new SchemaKey("holiday.date", Form.TEXT, "The day; without a year, every year.", "2026-12-24"),
            new SchemaKey("holiday.name", Form.TEXT, "What the day is called.", "Christmas Eve"),
            new SchemaKey("holiday.open", Form.TEXTS, "The day's own spans; none when left out.", "[\"09:00-12:00\"]"));

    private final Problems problems;

    public HoursReader(Problems problems) {
        this.problems = problems;
    }

    public Calendars read(@Nullable Node root) {
        Map<String, Hours> named = new LinkedHashMap<>();
        if (root != null) {
            root.needEntries(problems);
            root.allowKeys(problems, Set.of("hours"));
            root.get("hours").ifPresent(node -> node.needEntries(problems).forEach((name, hours) -> {
                if (TAKEN.contains(name) || name.isBlank()) {
                    problems.add(hours, "cannot be the name of hours. Choose another, such as 'default'.");
                }
                named.put(name, hours(hours));
            }));
        }
        return new Calendars(named);
    }

    private Hours hours(Node node) {
        node.needEntries(problems);
        node.allowKeys(problems, SchemaKey.names(KEYS, "hours.*."));
        if (node.get("week").isEmpty()) {
            problems.add(node, "has no week. Say when it is open, such as week: {mon-fri: [\"09:00-17:00\"]}.");
        }
        Map<DayOfWeek, List<Span>> week = node.get("week").map(this::week).orElse(Map.of());
        Map<LocalDate, Holiday> dated = new HashMap<>();
        Map<MonthDay, Holiday> yearly = new HashMap<>();
        node.get("holidays").ifPresent(list -> list.needItems(problems).forEach(item -> holiday(item, dated, yearly)));
        return new Hours(zone(node), week, dated, yearly);
    }

    private ZoneId zone(Node node) {
        Node zone = node.get("zone").orElse(null);
        if (zone == null) {
            problems.add(node, "has no zone. Name the time zone, such as zone: Europe/Berlin.");
            return ZoneOffset.UTC;
        }
        String name = zone.needText(problems);
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            String meant = Suggestion.of(name, ZoneId.getAvailableZoneIds());
            problems.add(
                    zone,
                    "is " + QuotedText.quote(name) + " but must be a time zone, such as Europe/Berlin."
                            + (meant == null ? "" : " Did you mean '" + meant + "'?"));
            return ZoneOffset.UTC;
        }
    }

    private Map<DayOfWeek, List<Span>> week(Node node) {
        Map<DayOfWeek, List<Span>> week = new EnumMap<>(DayOfWeek.class);
        node.needEntries(problems).forEach((key, value) -> {
            List<Span> spans = spans(value);
            for (DayOfWeek day : days(key, value)) {
                if (week.putIfAbsent(day, spans) != null) {
                    problems.add(value, "has " + DAYS.get((day.getValue() - 1)) + " again. Give each day once.");
                }
            }
        });
        return week;
    }

    /** The days of {@code mon-fri}, {@code sat} or {@code mon,wed}. */
    private List<DayOfWeek> days(String key, Node at) {
        List<DayOfWeek> days = new ArrayList<>();
        for (String piece : key.split(",", -1)) {
            String[] ends = piece.strip().split("-", -1);
            int from = day(ends[0]);
            int to = day(ends[ends.length - 1]);
            if (from < 0 || to < 0 || ends.length > 2) {
                problems.add(
                        at,
                        "stands under '" + key + "', which names no days. Write mon, mon-fri or mon,wed with "
                                + String.join(", ", DAYS) + ".");
                return List.of();
            }
            for (int i = from; ; i = (i + 1) % 7) {
                days.add(DayOfWeek.of(i + 1));
                if (i == to) {
                    break;
                }
            }
        }
        return days;
    }

    private static int day(String name) {
        String low = name.strip().toLowerCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (low.equals(DAYS.get((day.getValue() - 1))) || low.equals(Words.of(day))) {
                return (day.getValue() - 1);
            }
        }
        return -1;
    }

    private List<Span> spans(Node node) {
        if (node.shape() == Node.Shape.EMPTY || node.text().equals("closed")) {
            return List.of();
        }
        List<Node> items = node.shape() == Node.Shape.LIST ? node.items() : List.of(node);
        List<Span> spans = new ArrayList<>();
        for (Node item : items) {
            Span span = span(item);
            if (span != null) {
                spans.add(span);
            }
        }
        spans.sort(Comparator.comparing(Span::from));
        for (int i = 1; i < spans.size(); i++) {
            if (spans.get(i).from() < spans.get(i - 1).to()) {
                problems.add(node, "has spans that overlap. Join them, or let one end before the next starts.");
            }
        }
        return List.copyOf(spans);
    }

    private @Nullable Span span(Node node) {
        Matcher matcher = SPAN.matcher(node.needText(problems).strip());
        if (node.shape() != Node.Shape.TEXT) {
            return null;
        }
        if (matcher.matches()) {
            int from = minutes(matcher.group(1), matcher.group(2));
            int to = minutes(matcher.group(3), matcher.group(4));
            if (from >= 0 && to >= 0 && from < DAY && from != to) {
                return new Span(from, to > from ? to : to + DAY);
            }
        }
        problems.add(
                node,
                "is " + QuotedText.quote(node.text()) + " but must be a span such as \"09:00-17:30\"."
                        + " A whole day is \"00:00-24:00\"; a night shift is \"22:00-06:00\".");
        return null;
    }

    private static int minutes(String hour, String minute) {
        int minutes = Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
        return Integer.parseInt(minute) < 60 && minutes <= DAY ? minutes : -1;
    }

    private void holiday(Node node, Map<LocalDate, Holiday> dated, Map<MonthDay, Holiday> yearly) {
        boolean map = node.shape() == Node.Shape.MAP;
        if (map) {
            node.allowKeys(problems, SchemaKey.names(KEYS, "holiday."));
        }
        Node date = map ? node.get("date").orElse(node) : node;
        String text = date.shape() == Node.Shape.TEXT ? date.text().strip() : "";
        String name = node.get("name").map(each -> each.needText(problems)).orElse("");
        Holiday holiday = new Holiday(name, node.get("open").map(this::spans).orElse(List.of()));
        try {
            boolean again = text.length() == 5
                    ? yearly.put(MonthDay.parse("--" + text), holiday) != null
                    : dated.put(LocalDate.parse(text), holiday) != null;
            if (again) {
                problems.add(date, "is a duplicate. Keep one of the two.");
            }
        } catch (DateTimeException e) {
            problems.add(
                    date,
                    "must be a date such as 2026-12-25, or 12-25 for every year."
                            + " With a name or hours: {date: 2026-12-24, name: Christmas Eve, open: [\"09:00-12:00\"]}.");
        }
    }
}
