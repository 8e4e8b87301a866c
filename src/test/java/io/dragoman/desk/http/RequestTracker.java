// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Debian's Request Tracker 5, with its own rules for mail, the gateway's user {@code dragoman} and an agent, {@code max}. */
final class RequestTracker extends PackagedDesk {
    static final String API = "/REST/2.0";

    private static final Path SETUP = Path.of("/usr/sbin/rt-setup-database-5");
    private static final Path SERVER = Path.of("/usr/share/request-tracker5/libexec/rt-server");

    RequestTracker() throws IOException, InterruptedException {
        super("request-tracker");
    }

    static boolean isInstalled() {
        return Files.isExecutable(SETUP) && Files.isExecutable(SERVER);
    }

    @Override
    void setUp() throws IOException, InterruptedException {
        for (String folder : List.of("mason", "session", "none")) {
            Files.createDirectory(root.resolve(folder));
        }
        for (String file : List.of("site.pm", "sendmail", "shop.data")) {
            copy("request-tracker/" + file, file);
        }
        Files.setPosixFilePermissions(root.resolve("sendmail"), PosixFilePermissions.fromString("rwxr-xr-x"));
        run(List.of(SETUP.toString(), "--action", "init", "--skip-create"));
        run(List.of(
                SETUP.toString(),
                "--action",
                "insert",
                "--skip-create",
                "--datafile",
                root.resolve("shop.data").toString()));
    }

    @Override
    List<String> command() {
        return List.of(SERVER.toString(), "--host", "127.0.0.1", "--port", String.valueOf(port), "--max-workers", "3");
    }

    @Override
    Map<String, String> environment() {
        return Map.of(
                "RT_SITE_CONFIG",
                root.resolve("site.pm").toString(),
                "RT_SITE_CONFIG_DIR",
                root.resolve("none").toString());
    }

    @Override
    String ready() {
        return API + "/rt";
    }

    @Override
    Map<String, String> as(String user) {
        return Map.of("Authorization", "token " + keys.get(user));
    }

    @Override
    List<String> mails(String address) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> mails = Files.list(root.resolve("mails"))) {
            for (Path mail : mails.filter(one -> !one.getFileName().toString().startsWith("."))
                    .toList()) {
                String text = Files.readString(mail);
                if (text.lines()
                        .takeWhile(line -> !line.isEmpty())
                        .anyMatch(line -> line.matches("(To|Cc|Bcc): .*") && line.contains(address))) {
                    found.add(text);
                }
            }
        }
        return found;
    }
}
