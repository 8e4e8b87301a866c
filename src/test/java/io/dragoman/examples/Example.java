// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import io.dragoman.OperatorHome;
import io.dragoman.TestGateway;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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

    /** The id of the conversation with an address, once there is one. */
    String conversation(String address) {
        TestGateway.await("what came from " + address, () -> home.conversations().stream()
                .anyMatch(one -> one.address().equals(address)));
        return home.conversations().stream()
                .filter(one -> one.address().equals(address))
                .findFirst()
                .orElseThrow()
                .id();
    }

    List<Message> messages(String address) {
        String id = conversation(address);
        return home.gateway.store().read(tx -> tx.messages().of(id, 0, 100));
    }

    /** The first thing that somebody wrote. */
    String text(String address) {
        return messages(address).get(0).parts().stream()
                .map(part -> ((Part.Text) part).text())
                .collect(Collectors.joining("|"));
    }

    List<Message> answers(String address) {
        return messages(address).stream()
                .filter(one -> one.direction() == Message.Direction.OUT)
                .toList();
    }

    List<Status> statuses(String address) {
        return answers(address).stream().map(Message::status).toList();
    }

    @Override
    public void close() {
        home.close();
        new ArrayList<>(settings.keySet()).forEach(System::clearProperty);
    }
}
