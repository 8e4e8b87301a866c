// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpdesk;

import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an API answers at which path. Filled before it is used; thread-safe then. */
public final class ApiRoutes {
    private static final Pattern STEP = Pattern.compile("\\{(\\w+)}");

    private final List<Route> routes = new ArrayList<>();

    /** Answers a call. */
    @FunctionalInterface
    public interface Handler {
        SimulatorResponse answer(ApiCall call) throws IOException;
    }

    private record Route(String method, Pattern path, List<String> names, Handler handler) {}

    /**
     * Adds what is answered at a path; the first that fits answers.
     *
     * @param template such as {@code /tickets/{id}}
     */
    public ApiRoutes on(String method, String template, Handler handler) {
        List<String> names =
                STEP.matcher(template).results().map(step -> step.group(1)).toList();
        Pattern path =
                Pattern.compile(STEP.matcher(template.replace(".", "\\.")).replaceAll("([^/]+)"));
        routes.add(new Route(method, path, names, handler));
        return this;
    }

    /** The answer; empty where no path fits. */
    public Optional<SimulatorResponse> answer(SimulatorRequest request) throws IOException {
        for (Route route : routes) {
            Matcher path = route.path().matcher(request.path());
            if (route.method().equals(request.method()) && path.matches()) {
                Map<String, String> steps = new HashMap<>();
                for (int i = 0; i < route.names().size(); i++) {
                    steps.put(route.names().get(i), path.group(i + 1));
                }
                return Optional.of(route.handler().answer(new ApiCall(request, steps)));
            }
        }
        return Optional.empty();
    }
}
