// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.fault.Texts.Text;
import io.dragoman.fault.Witness.Entry;
import io.dragoman.fault.Witness.What;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the record of the outside says about a gateway; made without a look into it. */
final class Verdict {
    /** Acknowledged and never brought. An automatic reply counts when it was asked for by something acknowledged. */
    final Set<String> lost = new TreeSet<>();
    /** Brought although nobody wrote it, or to somebody else. */
    final Set<String> phantom = new TreeSet<>();
    /** Brought to the desk under two ids, or to a customer again: how often beyond the first. */
    final Map<String, Integer> doubled = new HashMap<>();
    /** Brought before an earlier text of the same customer. */
    final Set<String> misordered = new TreeSet<>();
    /** Automatic replies that did not come. */
    final Set<String> unanswered = new TreeSet<>();

    int acknowledged;
    int atDesk;
    int atCustomers;

    private final Map<String, String> posted = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, List<Integer>> came = new HashMap<>();
    private final Map<String, Integer> times = new HashMap<>();

    private Verdict() {}

    static Verdict of(List<Entry> record) {
        Verdict verdict = new Verdict();
        for (Entry entry : record) {
            Text text = Texts.read(entry.text());
            String name = text.role() + " " + text.name();
            if (entry.what() == What.POSTED) {
                verdict.posted.put(name, entry.who());
            } else if (entry.what() == What.TAKEN) {
                verdict.taken.add(name);
            } else {
                verdict.came(entry, text, name);
            }
        }
        verdict.conclude();
        return verdict;
    }

    private void came(Entry entry, Text text, String name) {
        int before = times.merge(name, 1, Integer::sum) - 1;
        if (before > 0) {
            doubled.merge(name, 1, Integer::sum);
        } else {
            came.computeIfAbsent(text.role() + text.lane(), lane -> new ArrayList<>())
                    .add(text.number());
        }
        boolean desk = text.role().isEmpty();
        if (desk) {
            atDesk++;
        } else {
            atCustomers++;
        }
        boolean asked = !text.role().equals("auto") || Texts.asks(text.number());
        String cause = text.role().equals("auto") ? " " + text.name() : name;
        String writer = posted.get(cause);
        boolean rightPlace = desk
                ? entry.party().equals("helpdesk")
                : entry.party().equals(text.channel())
                        && entry.who().equals(Providers.customer(text.channel(), text.customer()));
        if (writer == null || !asked || !rightPlace) {
            phantom.add(name + " at " + entry.party() + " for " + entry.who());
        }
    }

    private void conclude() {
        acknowledged = taken.size();
        for (String name : taken) {
            if (!times.containsKey(name)) {
                lost.add(name);
            }
            Text text = Texts.read(name.strip());
            if (text.role().isEmpty() && Texts.asks(text.number()) && !times.containsKey("auto " + text.name())) {
                unanswered.add("auto " + text.name());
            }
        }
        came.forEach((lane, numbers) -> {
            if (!numbers.equals(
                    numbers.stream().sorted(Comparator.naturalOrder()).toList())) {
                misordered.add(lane + " " + firstDisorder(numbers));
            }
        });
    }

    private static List<Integer> firstDisorder(List<Integer> numbers) {
        int at = 1;
        while (numbers.get(at) >= numbers.get(at - 1)) {
            at++;
        }
        return numbers.subList(Math.max(0, at - 3), Math.min(numbers.size(), at + 3));
    }
}
