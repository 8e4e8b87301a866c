// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.profile.CallReader;
import io.dragoman.profile.CallReader.Files;
import io.dragoman.profile.Expression;
import io.dragoman.profile.Section;
import io.dragoman.yaml.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code send.steps}, and which of them a request needs. For one thread. */
final class StepReader {
    private static final String NAME = "[a-z][A-Za-z0-9]*";
    private static final String AWAITED = "awaited";

    /** The variable with the id of the ticket, rather than a field or text of that name. */
    private static final Pattern REFERENCE = Pattern.compile("(^|[^'\"\\w.])reference($|[^'\"\\w])");

    private static final Pattern USED = Pattern.compile("\\bsteps\\.([A-Za-z0-9_]+)");

    private final CallReader reader;
    private final String title;
    private final ErrorCodes<String> errors;
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final Set<String> needed = new HashSet<>();

    StepReader(Section send, CallReader reader, String title, ErrorCodes<String> errors) {
        this.reader = reader;
        this.title = title;
        this.errors = errors;
        send.section("steps")
                .ifPresent(all -> all.node().needEntries(all.problems()).forEach((name, node) -> {
                    if (!name.matches(NAME)) {
                        all.error(name, "has a name that must be letters and digits, the first a small one.");
                    }
                    sections.put(name, all.of(node));
                    steps.put(name, step(name, all.of(node)));
                }));
    }

    private Step step(String name, Section step) {
        Expression each = step.expression("each");
        boolean files = each != null && each.toString().strip().equals(Step.FILES);
        List<Step.Ask> asks = new ArrayList<>();
        if (step.has("first")) {
            step.allow("first", "each", "when", "keep", "optional", AWAITED);
            for (Node one : step.node().get("first").orElseThrow().needItems(step.problems())) {
                asks.add(ask(step.of(one), files, "when", "value", "answer"));
            }
        } else {
            asks.add(ask(step, files, "when", "value", "answer", "each", "keep", "optional", AWAITED));
        }
        Step read = new Step(
                name,
                step.expression("when"),
                each,
                asks,
                step.flag("keep"),
                step.flag("optional"),
                step.flag(AWAITED),
                says(step.node(), REFERENCE));
        if (read.keep() && (each != null || !read.gives())) {
            step.error("keep", "is for a step with one value: without each: and with value:.");
        }
        if (read.awaited() && (read.optional() || each != null || !read.gives())) {
            step.error(AWAITED, "is for a step with one value, without which others do not go on.");
        }
        return read;
    }

    private Step.Ask ask(Section ask, boolean files, String... beside) {
        return new Step.Ask(
                ask.expression("when"),
                reader.call(ask, files ? Files.ONE : Files.NONE, beside),
                reader.besides(ask, title, errors),
                ask.expression("value"));
    }

    /**
     * The steps that a request names, in their order; a problem for what it uses and does not name.
     *
     * @param before what was asked before these
     */
    List<Step> named(Section call, String key, List<Step> before) {
        List<Step> named = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>();
        before.forEach(step -> known.add(step.name()));
        for (String name : call.texts(key)) {
            Step step = steps.get(name);
            Section section = sections.get(name);
            if (step == null || section == null) {
                call.unknown(key, name, "the step", steps.keySet());
                continue;
            }
            missing(section, known)
                    .forEach(other -> call.error(
                            key, "has " + name + ", which uses steps." + other + ". Name " + other + " before it."));
            named.add(step);
            known.add(name);
            needed.add(name);
        }
        return named;
    }

    /** The steps that follow a request, after those among what it needs whose values they use. */
    List<Step> followers(List<Step> then, List<Step> needs) {
        Set<String> used = new HashSet<>();
        then.forEach(step -> used.addAll(uses(step)));
        List<Step> all = new ArrayList<>(then);
        for (int i = needs.size() - 1; i >= 0; i--) {
            if (used.contains(needs.get(i).name())) {
                all.add(0, needs.get(i));
                used.addAll(uses(needs.get(i)));
            }
        }
        return all;
    }

    private Set<String> uses(Step step) {
        Section section = sections.get(step.name());
        return section == null ? Set.of() : missing(section, Set.of());
    }

    /** A problem for each step whose value a request uses although it is not asked before. */
    void check(Section call, List<Step> before) {
        Set<String> known = new HashSet<>();
        before.forEach(step -> known.add(step.name()));
        missing(call, known).forEach(name -> call.error("uses steps." + name + ", which its needs: does not name."));
    }

    /** A problem for each step that no request names. */
    void checkNeeded() {
        sections.forEach((name, section) -> {
            if (!needed.contains(name)) {
                section.error("is named by no needs: or then:, so it is never asked.");
            }
        });
    }

    private static boolean says(Node node, Pattern what) {
        return switch (node.shape()) {
            case MAP -> node.entries().values().stream().anyMatch(below -> says(below, what));
            case LIST -> node.items().stream().anyMatch(below -> says(below, what));
            default -> what.matcher(node.text()).find();
        };
    }

    private Set<String> missing(Section section, Set<String> known) {
        Set<String> used = new LinkedHashSet<>();
        found(section.node(), USED, used);
        used.removeAll(known);
        return used;
    }

    /** What a request and the steps that it names say of something. */
    Set<String> says(Section call, Pattern what) {
        Set<String> found = new HashSet<>();
        found(call.node(), what, found);
        for (String key : List.of("needs", "then")) {
            for (String name : call.texts(key)) {
                Section section = sections.get(name);
                if (section != null) {
                    found(section.node(), what, found);
                }
            }
        }
        return found;
    }

    private static void found(Node node, Pattern what, Set<String> names) {
        switch (node.shape()) {
            case MAP ->
                node.entries().forEach((key, below) -> {
                    if (!key.equals("then") && !key.equals("lookUp")) {
                        found(below, what, names);
                    }
                });
            case LIST -> node.items().forEach(below -> found(below, what, names));
            default -> what.matcher(node.text()).results().forEach(found -> names.add(found.group(1)));
        }
    }
}
