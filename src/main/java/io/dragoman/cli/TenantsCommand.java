// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.explain.TerminalText;
import io.dragoman.config.SharedSettings;
import io.dragoman.config.TenantHome;
import io.dragoman.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code tenants}: the businesses of this installation. */
@Command(
        name = "tenants",
        description = {
            "List the tenants of this home folder and how they are; add one, stop it, start it again.",
            "Each is a gateway of its own, with its own configuration, tokens and data: docs/tenants.md.",
            "Ends with 1 when one that should run does not."
        },
        subcommands = {TenantAdd.class, TenantStop.class, TenantStart.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman tenants",
            "  ./dragoman tenants add my-shop",
            "  ./dragoman tenants stop my-shop",
            "  ./dragoman check --tenant my-shop     and so every other command"
        })
final class TenantsCommand implements Callable<Integer> {
    private static final String NOT_RUNNING = "not running";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    Dragoman dragoman() {
        return dragoman;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path top = dragoman.top();
        if (!TenantHome.above(top)) {
            return dragoman.failed(
                    "There are no tenants in " + top + ". The first one makes it a home with tenants: " + adding());
        }
        SharedSettings shared = SharedSettings.read(top, dragoman.environment());
        Optional<JsonNode> told;
        try {
            told = new InstallationClient(top, shared.admin()).tenants();
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
        JsonNode tenants = told.orElseGet(() -> idle(top));
        if (dragoman.json()) {
            dragoman.print(tenants);
        } else {
            show(tenants);
        }
        for (JsonNode tenant : tenants) {
            if (!tenant.path("ready").asBoolean()
                    && !tenant.path("state").asText().equals("stopped")) {
                return Dragoman.FAILED;
            }
        }
        return Dragoman.OK;
    }

    static String adding() {
        return "./dragoman tenants add NAME";
    }

    /** What there is to say while nobody runs. */
    private static JsonNode idle(Path top) {
        ArrayNode tenants = Json.mapper().createArrayNode();
        for (String name : TenantHome.names(top)) {
            ObjectNode one = tenants.addObject().put("name", name);
            boolean stopped = Files.exists(TenantHome.home(top, name).resolve(TenantHome.STOPPED));
            one.put("state", stopped ? "stopped" : NOT_RUNNING)
                    .put("ready", false)
                    .putArray("problems");
        }
        return tenants;
    }

    private void show(JsonNode tenants) {
        TerminalText lines = new TerminalText();
        for (JsonNode tenant : tenants) {
            String state = tenant.path("state").asText();
            boolean ready = tenant.path("ready").asBoolean();
            lines.raw(String.format(
                    Locale.ROOT,
                    "  %-40s  %s",
                    tenant.path("name").asText(),
                    state.equals("running") && !ready ? "running, NOT READY" : state));
            tenant.path("problems").forEach(problem -> lines.add(4, problem.asText()));
        }
        if (tenants.isEmpty()) {
            lines.raw("There are none yet: " + adding());
        }
        dragoman.out().print(lines);
        dragoman.out().flush();
    }

    /**
     * The home of a tenant that is there.
     *
     * @return empty, and a sentence on the error stream, where there is none
     */
    Optional<Path> existing(String name) {
        Path top = dragoman.top();
        if (TenantHome.valid(name) && Files.isDirectory(TenantHome.home(top, name))) {
            return Optional.of(TenantHome.home(top, name));
        }
        dragoman.refuse(
                "There is no tenant " + name + " in " + top + ".",
                name,
                TenantHome.above(top) ? TenantHome.names(top) : java.util.List.of());
        return Optional.empty();
    }

    /** Makes or removes the file that keeps a tenant from running. */
    int stop(String name, boolean stopped) {
        Optional<Path> home = existing(name);
        if (home.isEmpty()) {
            return Dragoman.WRONG;
        }
        Path file = home.get().resolve(TenantHome.STOPPED);
        try {
            if (!stopped) {
                Files.deleteIfExists(file);
            } else if (!Files.exists(file)) {
                Files.createFile(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        dragoman.out()
                .println(
                        stopped
                                ? name + " stops within seconds where the installation runs, and stays so."
                                : name + " starts within seconds where the installation runs.");
        dragoman.out().flush();
        return Dragoman.OK;
    }
}
