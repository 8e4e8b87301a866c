// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.model.UnicodeText;
import io.dragoman.yaml.Problem;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Suggestion;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.LineNumberAware;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.spi.Resource;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Reads the operator's route files as Camel does, without making or starting a route, and says in our words what is
 * wrong with them. One for each reading of a folder: it knows the ids of all files that it saw. Not thread-safe.
 */
public final class RouteFileCheck implements AutoCloseable {
    private static final String INTAKE = "intake:";
    private static final String TAKES = "route";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([^}:]+)(:[^}]*)?}}");

    private final CamelContext camel = new DefaultCamelContext();
    private final Map<String, String> channels;
    private final Map<String, String> ids = new HashMap<>();

    /** @param channels the kind of each channel that is enabled, by its id */
    public RouteFileCheck(Map<String, String> channels) {
        this.channels = Map.copyOf(channels);
        camel.setSourceLocationEnabled(true);
        Properties notation = new Properties();
        notation.setProperty("camel.main.yamlDslCompactNotationWarn", "false"); // ours, and the documentation's
        camel.getPropertiesComponent().setInitialProperties(notation);
        CamelHardening.apply(camel);
        camel.build();
    }

    /** What is wrong with the operator's files at these locations, as Camel names resources. */
    public List<Problem> problems(List<String> locations) throws Exception {
        List<Problem> found = new ArrayList<>();
        for (Resource file : RouteFiles.of(camel, locations).operators()) {
            found.addAll(problems(file));
        }
        return found;
    }

    /** What is wrong with one file; nothing when it can be loaded. */
    List<Problem> problems(Resource file) {
        FileProblems problems = new FileProblems(file);
        Set<String> own = new HashSet<>();
        try {
            try (InputStream in = file.getInputStream()) {
                problems.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
            for (RoutesBuilder builder : RouteFiles.builders(camel, file)) {
                if (builder instanceof RouteBuilder routes) {
                    routes.configureRoutes(camel).getRoutes().forEach(route -> look(problems, own, route));
                }
            }
        } catch (Exception e) {
            problems.unreadable(e);
        }
        List<Problem> all = problems.all();
        if (all.stream().allMatch(Problem::warning)) {
            own.forEach(id -> ids.put(id, problems.label)); // those of a file that is not loaded stay free
        }
        return all;
    }

    private void look(FileProblems problems, Set<String> own, RouteDefinition route) {
        String id = route.getRouteId();
        if (id != null) {
            String other =
                    RouteFiles.isOurs(id) ? "the gateway itself" : own.add(id) ? ids.get(id) : "another of this file";
            if (other != null) {
                problems.add(route, id, "has the route id '" + id + "', which " + other + " has already. Rename it.");
            }
        }
        if (route.getInput() != null) {
            endpoint(problems, route.getInput(), route.getInput().getEndpointUri());
        }
        for (SendDefinition<?> step : org.apache.camel.model.ProcessorDefinitionHelper.filterTypeInOutputs(
                route.getOutputs(), SendDefinition.class)) {
            endpoint(problems, step, step.getEndpointUri());
        }
    }

    private void endpoint(FileProblems problems, LineNumberAware at, String written) {
        Set<String> unset = unset(written);
        if (!unset.isEmpty()) {
            unset.forEach(name -> problems.add(
                    at,
                    name,
                    "needs {{" + name + "}}: set the environment variable " + name + ", or a default, {{" + name
                            + ":…}}."));
            return;
        }
        String uri = camel.resolvePropertyPlaceholders(written);
        String scheme = uri.replaceFirst("[:?].*", "");
        if (camel.getComponent(scheme, true, false) == null) {
            problems.add(
                    at,
                    scheme,
                    "uses '" + scheme
                            + "', but no such component is installed. If the word is right, put its jar, usually"
                            + " camel-" + scheme + "-" + camel.getVersion() + ".jar, and all that it needs into lib/"
                            + " (docs/routes.md, \"Components that are not in the box\").");
        } else if (uri.startsWith(INTAKE)) {
            intake(
                    problems,
                    at,
                    uri.substring(INTAKE.length()).replaceFirst("^//", "").replaceFirst("\\?.*", ""));
        }
    }

    private Set<String> unset(String uri) {
        Set<String> unset = new HashSet<>();
        Matcher matcher = PLACEHOLDER.matcher(uri);
        while (matcher.find()) {
            if (matcher.group(2) == null && !isSet(matcher.group())) {
                unset.add(matcher.group(1));
            }
        }
        return unset;
    }

    private boolean isSet(String placeholder) {
        try {
            camel.resolvePropertyPlaceholders(placeholder);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void intake(FileProblems problems, LineNumberAware at, String channel) {
        String kind = channels.get(channel);
        if (kind == null) {
            problems.add(
                    at,
                    INTAKE,
                    "hands over to intake:" + channel
                            + ", but config/channels.yaml has no such channel that is enabled. "
                            + Suggestion.sentence(channel, channels.keySet()));
        } else if (!kind.equals(TAKES)) {
            problems.warn(
                    at,
                    INTAKE,
                    "hands over to intake:" + channel + ", a channel of kind " + kind + ", which takes nothing from a"
                            + " route. Hand over to a channel of kind route.");
        }
    }

    @Override
    public void close() {
        camel.stop();
    }

    /** What is wrong with one file, at its lines. */
    private static final class FileProblems {
        private static final int LONGEST = 160;

        private final Problems problems = new Problems();
        private final String label;
        private List<String> lines = List.of();

        FileProblems(Resource file) {
            label = "routes/" + RouteFiles.name(file);
        }

        void read(String text) {
            lines = text.lines().toList();
        }

        void add(LineNumberAware at, String word, String message) {
            int line = line(at, word);
            problems.add(label, line, column(line, word), "", message);
        }

        void warn(LineNumberAware at, String word, String message) {
            int line = line(at, word);
            problems.warn(label, line, column(line, word), "", message);
        }

        /** Where the word stands: at the definition or in one of the lines after it. */
        private int line(LineNumberAware at, String word) {
            int first = Math.max(1, at.getLineNumber());
            for (int line = first; line <= lines.size(); line++) {
                if (lines.get(line - 1).contains(word)) {
                    return line;
                }
            }
            return first;
        }

        private int column(int line, String word) {
            return line > lines.size() ? 1 : Math.max(0, lines.get(line - 1).indexOf(word)) + 1;
        }

        void unreadable(Exception e) {
            Optional<MarkedYamlEngineException> yaml = yaml(e);
            int line = yaml.flatMap(MarkedYamlEngineException::getProblemMark)
                    .map(mark -> mark.getLine() + 1)
                    .orElse(0);
            int column = yaml.flatMap(MarkedYamlEngineException::getProblemMark)
                    .map(mark -> mark.getColumn() + 1)
                    .orElse(0);
            problems.add(
                    label,
                    line,
                    column,
                    "",
                    yaml.map(FileProblems::words)
                            .orElseGet(() -> "is not accepted by Camel: " + RouteProblem.text(e) + "."));
        }

        private static Optional<MarkedYamlEngineException> yaml(Throwable failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof MarkedYamlEngineException yaml) {
                    return Optional.of(yaml);
                }
            }
            return Optional.empty();
        }

        private static String words(MarkedYamlEngineException yaml) {
            String problem =
                    String.valueOf(yaml.getProblem()).lines().findFirst().orElse("");
            String cut = problem.length() > LONGEST ? UnicodeText.cut(problem, LONGEST) + "…" : problem;
            String lower = cut.toLowerCase(Locale.ROOT);
            String word = cut.substring(cut.lastIndexOf(':') + 1).strip();
            if (lower.startsWith("unknown node id")) {
                return "has the step '" + word
                        + "', which is none of Camel's. Steps are route, from, to, choice, setBody"
                        + " and so on: https://camel.apache.org/components/4.22.x/others/yaml-dsl.html.";
            }
            if (lower.startsWith("unsupported field")) {
                return "has the field '" + word + "', which this step does not take.";
            }
            return "is not valid YAML: " + cut + ".";
        }

        List<Problem> all() {
            return problems.all();
        }
    }
}
