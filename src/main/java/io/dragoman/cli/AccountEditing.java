// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.Commands;
import io.dragoman.app.configure.ConfigurationChanges.Place;
import io.dragoman.config.ConfigurationEditor;
import io.dragoman.config.ConfigurationEditor.Edited;
import io.dragoman.config.ConfigurationFiles;
import io.dragoman.config.EditRefused;
import io.dragoman.config.GatewaySettings;
import io.dragoman.config.HomeFolder;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.model.Json;
import io.dragoman.rules.RuleBook;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The files of the configuration as commands change them: by the gateway where it runs, else by themselves. */
final class AccountEditing {
    private final Dragoman dragoman;
    private final HomeFolder home;

    AccountEditing(Dragoman dragoman) {
        this.dragoman = dragoman;
        this.home = new HomeFolder(dragoman.home(), dragoman.connectors(), dragoman.environment());
    }

    /** The side that a group of commands is about. */
    static Side side(CommandGroup group) {
        return group instanceof DeskCommand ? Side.DESK : Side.CHANNEL;
    }

    /** Where the API changes one; an id that is none has no address, and the answer says so. */
    static String path(Side side, String id) {
        return "config/" + side.word() + "s/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    ConfigurationFiles files() {
        return home.files();
    }

    @FunctionalInterface
    interface Edit {
        Edited make(ConfigurationEditor<RuleBook> editor) throws EditRefused;
    }

    /**
     * A change as the API takes it and as the audit log names it.
     *
     * @param path below {@code /api/v1/}
     * @param body null for none
     * @param target what it is done to; null for no single thing
     */
    record Change(
            String method,
            String path,
            @Nullable ObjectNode body,
            String action,
            @Nullable String target,
            boolean dryRun) {}

    /** What {@code --json} prints. */
    private record Report(String file, int line, boolean changed, boolean dryRun, boolean reloaded) {}

    ConfigurationEditor<RuleBook> editor() {
        boolean readOnly = OfflineStore.gateway(dragoman).admin().readOnlyConfig();
        return new ConfigurationEditor<>(home, new Secret("only for looking"), RuleBook::read, readOnly);
    }

    /** Has the running gateway make a change, or makes it where none runs, and says what came of it. */
    int make(Change change, Edit edit) throws InterruptedException {
        try {
            Optional<AdminClient.Reply> reply = ask(change);
            if (reply.isPresent()) {
                return answered(change, reply.get());
            }
            Edited edited = change.dryRun() ? edit.make(editor()) : noted(change, () -> edit.make(editor()));
            edited.warnings().forEach(warning -> dragoman.err().println("warning: " + warning));
            return say(new Report(edited.file(), edited.line(), edited.changed(), change.dryRun(), false));
        } catch (EditRefused e) {
            e.problems().forEach(problem -> dragoman.err().println(place(change, Place.of(problem))));
            return refused(e.getMessage());
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
    }

    /** Asks the running gateway; empty where none runs. */
    Optional<AdminClient.Reply> ask(Change change) throws AdminClient.NoAnswer, InterruptedException {
        String path = "/api/v1/" + change.path() + (change.dryRun() ? "?dryRun=true" : "");
        byte[] body = change.body() == null ? null : Json.write(change.body()).getBytes(StandardCharsets.UTF_8);
        return new AdminClient(OfflineStore.gateway(dragoman)).ask(change.method(), path, body, Map.of());
    }

    @FunctionalInterface
    interface Work<T> {
        T make() throws EditRefused;
    }

    /** Does what is in the audit log before it is done, and with its outcome behind, while no gateway runs. */
    <T> T noted(Change change, Work<T> work) throws EditRefused {
        note(commands -> commands.audit().begin(dragoman.actor(), change.action(), change.target()));
        String outcome = "failed";
        try {
            T done = work.make();
            outcome = "done";
            return done;
        } catch (EditRefused e) {
            outcome = "refused";
            throw e;
        } finally {
            String known = outcome;
            note(commands -> commands.audit().note(dragoman.actor(), change.action(), change.target(), known));
        }
    }

    /** Writes a line, where there is a store. */
    private void note(Consumer<Commands> line) {
        GatewaySettings gateway = OfflineStore.gateway(dragoman);
        if (OfflineStore.of(gateway).exists()) {
            OfflineStore.change(dragoman, gateway, commands -> {
                line.accept(commands);
                return Dragoman.OK;
            });
        }
    }

    private int answered(Change change, AdminClient.Reply reply) {
        JsonNode body = reply.body();
        body.path("warnings").forEach(warning -> dragoman.err().println("warning: " + place(change, warning)));
        if (!reply.good()) {
            body.path("problems").forEach(problem -> dragoman.err().println(place(change, problem)));
            dragoman.failed(reply.title());
            return Dragoman.WRONG;
        }
        if (body.has("problem")) {
            dragoman.failed("It was written, but is not in force: "
                    + body.path("problem").asText());
        }
        say(new Report(
                body.path("file").asText(),
                body.path("line").asInt(),
                body.path("changed").asBoolean(),
                body.path("dryRun").asBoolean(),
                body.path("reloaded").asBoolean()));
        return body.has("problem") ? Dragoman.FAILED : Dragoman.OK;
    }

    private static String place(Change change, JsonNode problem) {
        return place(
                change,
                new Place(
                        problem.path("file").asText(),
                        problem.path("line").asInt(),
                        problem.path("column").asInt(),
                        problem.path("text").asText()));
    }

    /** What stands at no line of a file is wrong with what was given, as an argument where there is one of its name. */
    private static String place(Change change, Place problem) {
        if (problem.line() > 0) {
            return problem.file() + ":" + problem.line() + ":" + problem.column() + " " + problem.text();
        }
        int end = problem.text().indexOf(' ');
        String name = problem.text().substring(0, Math.max(0, end));
        return change.body() != null && change.body().path("settings").has(name)
                ? "the argument '" + name + "=…'" + problem.text().substring(end)
                : problem.file() + " " + problem.text();
    }

    private int say(Report report) {
        if (dragoman.json()) {
            dragoman.print(report);
            return Dragoman.OK;
        }
        String place = report.file() + (report.line() == 0 ? "" : ":" + report.line());
        dragoman.out()
                .println(
                        !report.changed()
                                ? place + " says so already."
                                : report.dryRun()
                                        ? place + " would be changed; nothing was."
                                        : place + " was changed" + (report.reloaded() ? " and is in force." : "."));
        dragoman.out().flush();
        return Dragoman.OK;
    }

    /** Says why nothing was changed. */
    int refused(EditRefused refused) {
        refused.problems().forEach(problem -> dragoman.err().println(problem));
        return refused(refused.getMessage());
    }

    private int refused(@Nullable String why) {
        dragoman.err().println(why);
        dragoman.err().flush();
        return Dragoman.WRONG;
    }
}
