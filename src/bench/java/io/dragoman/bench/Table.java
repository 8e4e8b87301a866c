// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import io.dragoman.bench.wire.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a benchmark prints last: a line each of name, figure, unit, and the ratio to another, for people and for awk. */
final class Table {
    private final List<String> lines = new ArrayList<>();

    Table(String title) {
        lines.add(String.format(Locale.ROOT, "%n%-52s %12s %-6s %8s", title, "figure", "unit", "ratio"));
    }

    /** A figure that is compared with none. */
    Table add(String name, double figure, String unit) {
        return line(name, figure, unit, "-");
    }

    /**
     * A figure, and how many times another it is.
     *
     * @param other what it is compared with; 0 for what was not measured
     */
    Table add(String name, double figure, String unit, double other) {
        return line(name, figure, unit, other == 0 ? "-" : String.format(Locale.ROOT, "%.2f", figure / other));
    }

    /** The median and the 99th percentile of a latency. */
    Table latency(String name, Figures figures) {
        return add(name + ", p50", figures.get("p50"), "ms").add(name + ", p99", figures.get("p99"), "ms");
    }

    void print() {
        lines.forEach(System.out::println);
    }

    private Table line(String name, double figure, String unit, String ratio) {
        String number = String.format(Locale.ROOT, figure >= 100 ? "%.0f" : "%.2f", figure);
        lines.add(String.format(Locale.ROOT, "%-52s %12s %-6s %8s", name, number, unit, ratio));
        return this;
    }
}
