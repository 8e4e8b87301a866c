// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.hours;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The business hours of {@code hours.yaml} by name. */
public final class Calendars {
    public static final String DEFAULT = "default";

    private final Map<String, Hours> named;

    public Calendars(Map<String, Hours> named) {
        this.named = Map.copyOf(named);
    }

    public Map<String, Hours> named() {
        return named;
    }

    public Optional<Hours> get(String name) {
        return Optional.ofNullable(named.get(name));
    }

    /** The one meant when no name is given: {@code default}, or the only one. */
    public Optional<String> usual() {
        if (named.containsKey(DEFAULT)) {
            return Optional.of(DEFAULT);
        }
        return named.size() == 1 ? Optional.of(named.keySet().iterator().next()) : Optional.empty();
    }

    /** The zone in which a date stands that belongs to no hours. */
    public ZoneId zone() {
        return usual().flatMap(this::get).map(Hours::zone).orElse(ZoneOffset.UTC);
    }

    /** What expressions see: open and closed of the usual hours, and of each by name. */
    public Map<String, Object> states(Instant now) {
        Map<String, Object> all = new LinkedHashMap<>();
        named.forEach((name, hours) -> all.put(name, state(hours, now)));
        usual().flatMap(this::get).ifPresent(hours -> all.putAll(state(hours, now)));
        return all;
    }

    private static Map<String, Object> state(Hours hours, Instant now) {
        boolean open = hours.isOpen(now);
        return Map.of("open", open, "closed", !open);
    }

    /** What replies see: also when it opens and closes next. */
    public Map<String, Object> times(Instant now) {
        Map<String, Object> all = new LinkedHashMap<>();
        named.forEach((name, hours) -> all.put(name, times(hours, now)));
        usual().flatMap(this::get).ifPresent(hours -> all.putAll(times(hours, now)));
        return all;
    }

    private static Map<String, Object> times(Hours hours, Instant now) {
        Map<String, Object> times = new LinkedHashMap<>(state(hours, now));
        hours.nextOpen(now).ifPresent(at -> times.put("nextOpen", at.atZone(hours.zone())));
        hours.nextClose(now).ifPresent(at -> times.put("nextClose", at.atZone(hours.zone())));
        hours.holiday(now).ifPresent(name -> times.put("holiday", name));
        times.put("zone", hours.zone().getId());
        return times;
    }
}
