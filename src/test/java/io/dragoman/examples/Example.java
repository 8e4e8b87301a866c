// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import io.dragoman.OperatorHome;
import io.dragoman.TestGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Predicate;

/** One of the documented routes at work: its file as it is, its settings from the environment's stand-in. */
final class Example implements AutoCloseable {
    static final String MESSAGE = "{\"id\": \"1\", \"from\": \"ana\", \"text\": \"მოკითხვა\"}";
    private static final String ANSWER = "გამარჯობა";

    final OperatorHome home;
    private final Map<String, String> settings;

    private Example(OperatorHome home, Map<String, String> settings) {
        this.home = home;
        this.settings = settings;
    }

    static Example start(Path folder, String name, Map<String, String> settings) throws Exception {
        settings.forEach(System::setProperty);
        String routes = Files.readString(Path.of("docs/examples/routes/" + name + ".camel.yaml"));
        return new Example(OperatorHome.start(folder, routes), settings);
    }

    /** Waits for the message, lets an agent answer, and waits until the answer is outside. */
    void converse(Predicate<String> outside) {
        TestGateway.await("the conversation", () -> !home.conversations().isEmpty());
        home.reply(home.conversations().get(0).id(), ANSWER);
        TestGateway.await("the answer", () -> outside.test(ANSWER));
    }

    @Override
    public void close() {
        home.close();
        new ArrayList<>(settings.keySet()).forEach(System::clearProperty);
    }
}
