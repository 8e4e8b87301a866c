// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.Bootstrap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code init}: a home folder to begin with. */
@Command(
        name = "init",
        description = {
            "Make a home folder with a working, commented configuration.",
            "Writes config/, an empty routes/, and .env.sample for the secrets; overwrites nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman init /srv/chat", "  ./dragoman run --home /srv/chat"})
final class Init implements Callable<Integer> {
    private static final List<String> FILES = List.of(
            "gateway.yaml",
            "channels.yaml",
            "desks.yaml",
            "rules.yaml",
            "replies.yaml",
            "hours.yaml",
            "surveys.yaml",
            "polls.yaml",
            "faq.yaml",
            "listening.yaml",
            "dragoman.schema.json");

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    private static final String SECRETS = """
            # Copy this file to .env, fill in what your channels and desks need, and keep it readable by the gateway's
            # user alone. The gateway reads the environment, not this file. It gets there from a shell by
            #   set -a; . ./.env; set +a
            # by systemd's EnvironmentFile= (the package's service reads /etc/dragoman/environment) or --env-file of Docker.
            # In config/ write "${env:NAME}", or "${file:/run/secrets/name}" for a secret in a file of its own.
            #
            # MAIL_PASSWORD=
            # WA_TOKEN=
            # WA_SECRET=
            # WA_VERIFY=
            # TWILIO_TOKEN=
            # TG_TOKEN=
            # TG_SECRET=
            # DESK_SECRET=
            # DRAGOMAN_TOKEN=
            """;

    private static final String ASLEEP =
            "# Nothing is answered by itself until you remove hashes here. Before, write replies.yaml and hours.yaml.";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DIR", description = "The folder; else that of --home.")
    private @Nullable Path folder;

    @Override
    public Integer call() {
        Path home = folder == null ? dragoman.place() : folder.toAbsolutePath().normalize();
        try {
            Map<Path, byte[]> files = files(home);
            List<Path> there = files.keySet().stream().filter(Files::exists).toList();
            if (!there.isEmpty()) {
                return dragoman.failed("There is a configuration already, and nothing was written: " + there.get(0)
                        + (there.size() > 1 ? " and " + (there.size() - 1) + " more" : "")
                        + ". Take another folder: ./dragoman init DIR");
            }
            write(home, files);
        } catch (IOException e) {
            return dragoman.failed("The folder " + home + " cannot be written: " + e.getMessage());
        }
        say(home);
        return Dragoman.OK;
    }

    static Map<Path, byte[]> files(Path home) throws IOException {
        Map<Path, byte[]> files = new LinkedHashMap<>();
        for (String name : FILES) {
            try (InputStream in = Bootstrap.class.getResourceAsStream("/config/" + name)) {
                if (in == null) {
                    throw new IOException("config/" + name + " is not in the program");
                }
                byte[] shipped = in.readAllBytes();
                files.put(home.resolve("config").resolve(name), name.equals("rules.yaml") ? asleep(shipped) : shipped);
            }
        }
        files.put(home.resolve(".env.sample"), SECRETS.getBytes(StandardCharsets.UTF_8));
        return files;
    }

    /** Customers get no answer that nobody here wrote: the rule that is active becomes a sample as the others are. */
    private static byte[] asleep(byte[] rules) {
        return new String(rules, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.startsWith(" ") ? "#" + line : line.equals("rules:") ? line + "\n" + ASLEEP : line)
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    static void write(Path home, Map<Path, byte[]> files) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.createDirectories(home.resolve("routes"));
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            boolean secret = String.valueOf(file.getKey().getFileName()).startsWith(".env");
            if (secret && posix()) {
                FileAttribute<?> owner = PosixFilePermissions.asFileAttribute(OWNER);
                Files.createFile(file.getKey(), owner);
                Files.write(file.getKey(), file.getValue(), StandardOpenOption.WRITE);
            } else {
                Files.write(file.getKey(), file.getValue(), StandardOpenOption.CREATE_NEW);
            }
        }
    }

    private static boolean posix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private void say(Path home) {
        if (dragoman.json()) {
            dragoman.print(Map.of("home", home.toString()));
            return;
        }
        dragoman.out()
                .println("Written: " + home.resolve("config") + ", routes/ (empty: for routes of your own) and"
                        + " .env.sample.");
        String secrets = quoted(home.resolve(".env").toString());
        String program = quoted(launcher());
        String there = " --home " + quoted(home.toString());
        dragoman.out()
                .println("Now take the hashes from a channel in " + home.resolve("config/channels.yaml") + ", then:");
        dragoman.out()
                .println("  cp " + quoted(home.resolve(".env.sample").toString()) + " " + secrets
                        + "     and write the secrets there");
        dragoman.out().println("  set -a; . " + secrets + "; set +a     in the shell that runs these:");
        dragoman.out().println("  " + program + " check" + there);
        dragoman.out().println("  " + program + " run" + there);
        dragoman.out().flush();
    }

    /** As it was called, so that what is printed works where the user is. */
    private String launcher() {
        String called = dragoman.environment().apply("DRAGOMAN_LAUNCHER");
        if (called == null || called.isBlank()) {
            return "./dragoman";
        }
        return called.contains("/") ? called : "./" + called;
    }

    private static String quoted(String word) {
        return word.matches("[\\p{L}\\p{N}_./:@%+=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
