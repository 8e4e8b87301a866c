// SPDX-License-Identifier: Apache-2.0
package io.dragoman.tenant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Several scrapes in Prometheus' text as one: each metric once, with the samples of all. */
final class MetricsText {
    private final Map<String, Family> families = new LinkedHashMap<>();

    private MetricsText() {}

    /** What of a metric stands together. */
    private record Family(Set<String> about, List<String> samples) {}

    static String joined(List<String> scrapes) {
        MetricsText all = new MetricsText();
        scrapes.forEach(all::add);
        StringBuilder text = new StringBuilder();
        all.families.values().forEach(family -> {
            family.about.forEach(line -> text.append(line).append('\n'));
            family.samples.forEach(line -> text.append(line).append('\n'));
        });
        return text.toString();
    }

    private void add(String scrape) {
        Family family = new Family(new LinkedHashSet<>(), new ArrayList<>());
        for (String line : scrape.split("\n", -1)) {
            if (line.startsWith("# HELP ") || line.startsWith("# TYPE ")) {
                String name = line.split(" ", 4)[2];
                family = families.computeIfAbsent(name, any -> new Family(new LinkedHashSet<>(), new ArrayList<>()));
                String begin = line.substring(0, "# HELP ".length()) + name;
                if (family.about.stream().noneMatch(known -> known.startsWith(begin))) {
                    family.about.add(line);
                }
            } else if (!line.isBlank() && !line.startsWith("#")) {
                family.samples.add(line);
            }
        }
    }
}
