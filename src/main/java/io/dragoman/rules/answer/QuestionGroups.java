// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts questions together that ask the same in nearly the same words. For one thread. */
public final class QuestionGroups {
    /** From which share of common letters on two are of one group. */
    private static final double ALIKE = 0.5;

    private final List<Group> groups = new ArrayList<>();

    /**
     * Questions that are alike.
     *
     * @param like the first of them, which the others are compared with
     * @param members whatever they were added as
     */
    private record Group(String language, Wording like, List<Integer> members) {}

    /** Adds a question to the group that it comes nearest to, else to one of its own. */
    public void add(int member, String text, String language) {
        Wording wording = Wording.of(text, language);
        Group nearest = null;
        double best = ALIKE;
        for (Group group : groups) {
            double alike = group.language().equals(language) ? alike(group.like(), wording) : 0;
            if (alike >= best) {
                nearest = group;
                best = alike;
            }
        }
        if (nearest == null) {
            nearest = new Group(language, wording, new ArrayList<>());
            groups.add(nearest);
        }
        nearest.members().add(member);
    }

    private static double alike(Wording one, Wording other) {
        Set<String> common = new HashSet<>(one.grams());
        common.retainAll(other.grams());
        int all = one.grams().size() + other.grams().size();
        return all == 0 ? 0 : 2.0 * common.size() / all;
    }

    /** The members of each group, the largest groups first. */
    public List<List<Integer>> groups() {
        return groups.stream()
                .sorted((one, other) ->
                        Integer.compare(other.members().size(), one.members().size()))
                .map(group -> List.copyOf(group.members()))
                .toList();
    }
}
