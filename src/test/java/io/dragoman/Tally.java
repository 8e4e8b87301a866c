// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What was acknowledged against what arrived, counted.
 *
 * @param taken acknowledged, each counted once
 * @param lost acknowledged and not there
 * @param phantom there, but never given to us
 * @param doubled there more often than once
 * @param misordered there after one of its lane that was given later
 */
public record Tally(int taken, int lost, int phantom, int doubled, int misordered) {

    /**
     * Of one lane.
     *
     * @param given in their order
     */
    public static Tally of(List<String> given, List<String> arrived) {
        return of(given, given, arrived, text -> "");
    }

    /**
     * Of many lanes.
     *
     * @param given all that we were given, answered or not, each lane in its order
     * @param taken of these what we acknowledged
     */
    public static Tally of(
            Collection<String> given, Collection<String> taken, List<String> arrived, Function<String, String> lane) {
        Map<String, Integer> places = new HashMap<>();
        given.forEach(text -> places.putIfAbsent(text, places.size()));
        Set<String> lost = new HashSet<>(taken);
        arrived.forEach(lost::remove);
        Set<String> seen = new HashSet<>();
        List<String> phantoms = new ArrayList<>();
        Map<String, Integer> furthest = new HashMap<>();
        int doubled = 0;
        int misordered = 0;
        for (String text : arrived) {
            Integer place = places.get(text);
            if (place == null) {
                phantoms.add(text);
            } else if (!seen.add(text)) {
                doubled++;
            } else if (furthest.merge(lane.apply(text), place, Math::max) > place) {
                misordered++;
            }
        }
        return new Tally(new HashSet<>(taken).size(), lost.size(), phantoms.size(), doubled, misordered);
    }

    /** Prints the figures, then demands that all but the first are zero. */
    public void demandZeros(String what) {
        System.out.println(what + ": " + this);
        assertThat(this).as(what).isEqualTo(new Tally(taken, 0, 0, 0, 0));
    }

    @Override
    public String toString() {
        return "taken " + taken + ", lost " + lost + ", phantom " + phantom + ", doubled " + doubled + ", misordered "
                + misordered;
    }
}
