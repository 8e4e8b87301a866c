// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.overview;

import io.dragoman.model.Message;
import io.dragoman.store.TrafficFigures.Portion;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Messages by portions of a time.
 *
 * @param step seconds of a portion
 * @param start of the first
 * @param channels what customers sent ({@code in}) and were sent ({@code out})
 * @param desks what each desk wrote ({@code in}) and got ({@code out}), by the desk that has the conversation now
 */
public record TrafficSeries(long step, Instant start, List<Line> channels, List<Line> desks) {

    /** One channel or desk. */
    public record Line(String id, List<Long> in, List<Long> out) {}

    /** Adds up the portions. */
    static TrafficSeries of(OverviewPeriod period, Instant start, List<Portion> portions) {
        Map<String, long[][]> channels = new TreeMap<>();
        Map<String, long[][]> desks = new TreeMap<>();
        for (Portion one : portions) {
            if (one.slot() < 0 || one.slot() >= period.slots()) {
                continue; // of the moment that begins just now
            }
            boolean in = one.direction() == Message.Direction.IN;
            add(channels, one.channel(), period, in, one);
            if (one.desk() != null && (in || one.byDesk())) {
                add(desks, one.desk(), period, !in, one);
            }
        }
        return new TrafficSeries(period.step().toSeconds(), start, lines(channels), lines(desks));
    }

    private static void add(Map<String, long[][]> lines, String id, OverviewPeriod period, boolean in, Portion one) {
        long[][] line = lines.computeIfAbsent(id, any -> new long[2][period.slots()]);
        line[in ? 0 : 1][one.slot()] += one.messages();
    }

    private static List<Line> lines(Map<String, long[][]> all) {
        return all.entrySet().stream()
                .map(entry -> new Line(entry.getKey(), list(entry.getValue()[0]), list(entry.getValue()[1])))
                .toList();
    }

    private static List<Long> list(long[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }
}
