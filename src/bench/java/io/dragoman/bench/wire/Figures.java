// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** Numbers by name, as one line that goes from process to process: {@code acknowledged=12 refused=0}. */
public record Figures(Map<String, Double> values) {
    /** None yet. */
    public Figures() {
        this(Map.of());
    }

    /** The same, and one more. */
    public Figures with(String name, double value) {
        Map<String, Double> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Figures(more);
    }

    /** The same, and one more that is a count. */
    public Figures count(String name, long value) {
        return with(name, (double) value);
    }

    /** The same, and the median, the 99th percentile and the largest of microseconds, in milliseconds. */
    public Figures with(Histogram micros) {
        return with("p50", micros.getValueAtPercentile(50) / 1e3)
                .with("p99", micros.getValueAtPercentile(99) / 1e3)
                .with("max", micros.getMaxValue() / 1e3);
    }

    /** The same, and others. */
    public Figures with(Figures others) {
        Map<String, Double> more = new LinkedHashMap<>(values);
        more.putAll(others.values);
        return new Figures(more);
    }

    /** Reads what {@link #toString()} wrote. */
    public static Figures parse(String line) {
        Figures figures = new Figures();
        for (String word : line.strip().split(" ")) {
            int equals = word.indexOf('=');
            figures = figures.with(word.substring(0, equals), Double.parseDouble(word.substring(equals + 1)));
        }
        return figures;
    }

    /** One of them. */
    public double get(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no figure " + name + " among " + values.keySet());
        }
        return value;
    }

    /** Whether it is there. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
