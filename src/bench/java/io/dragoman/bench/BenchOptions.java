// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import io.dragoman.bench.process.Gateway;
import io.dragoman.bench.process.LoadProcess.Crowd;
import io.dragoman.bench.process.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every benchmark takes. */
final class BenchOptions {
    private static final int IN_A_ROW = 2;
    private static final String OWN_POSTGRES = "own";

    private @Nullable Postgres server;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            paramLabel = "N",
            description = "How long each measurement lasts (default: ${DEFAULT-VALUE}).")
    double seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "60",
            paramLabel = "N",
            description = "Seconds of load before a server that is warm is measured (default: ${DEFAULT-VALUE}).")
    double warmUp;

    @Option(
            names = "--clients",
            defaultValue = "64",
            paramLabel = "N",
            description = "How many connections send (default: ${DEFAULT-VALUE}).")
    int clients;

    @Option(
            names = "--customers",
            defaultValue = "20000",
            paramLabel = "N",
            description = "How many customers write (default: ${DEFAULT-VALUE}).")
    int customers;

    @Option(
            names = "--outstanding",
            defaultValue = "2000",
            paramLabel = "N",
            description = "How many messages may be between the load and the desk (default: ${DEFAULT-VALUE}).")
    long outstanding;

    @Option(names = "--only", paramLabel = "NAME", description = "Measures this one alone, such as gateway.")
    @Nullable
    String only;

    @Option(
            names = "--java-opts",
            defaultValue = "",
            paramLabel = "OPTIONS",
            description = "DRAGOMAN_JAVA_OPTS of the gateway, such as -XX:StartFlightRecording=filename=/tmp/a.jfr.")
    String javaOptions = "";

    @Option(
            names = "--postgres",
            arity = "0..1",
            fallbackValue = OWN_POSTGRES,
            paramLabel = "URL",
            description = {
                "Stores on PostgreSQL: postgresql://user@host:5432/postgres, the password in PGPASSWORD.",
                "Without an address: on a server of its own, from a Maven artifact."
            })
    @Nullable
    String postgres;

    @Option(names = "--keep", description = "Keeps the temporary folder, with the log and the store.")
    boolean keep;

    boolean measures(String name) {
        return only == null || only.equals(name);
    }

    /** The gateway with one channel, rule and desk. */
    Gateway gateway(Path home, int desk) throws IOException {
        return Gateway.write(home, desk, store(), javaOptions);
    }

    /** One of several on one store. */
    Gateway gateway(Path home, int desk, String store, Path folder) throws IOException {
        return Gateway.write(home, desk, store, folder, javaOptions);
    }

    /** The address of a store that nobody uses yet. */
    String store() throws IOException {
        if (postgres == null) {
            return "sqlite:data/dragoman.db";
        }
        if (server == null) {
            server = postgres.equals(OWN_POSTGRES) ? Postgres.start() : Postgres.at(postgres);
        }
        return server.newDatabase();
    }

    /** The server that {@link #store} made a database on. */
    Postgres server() {
        return java.util.Objects.requireNonNull(server, "no database was made yet");
    }

    Crowd crowd() {
        return new Crowd(clients, 0, customers, IN_A_ROW);
    }

    /** A new folder, deleted at the end. */
    Path folder() throws IOException {
        Path folder = Files.createTempDirectory("dragoman-bench");
        if (keep) {
            System.out.println("kept: " + folder);
        } else {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> TempFolder.delete(folder)));
        }
        return folder;
    }
}
