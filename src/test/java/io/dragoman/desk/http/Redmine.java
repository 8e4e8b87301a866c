// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's Redmine 5 with the gateway's user {@code dragoman}, who is an administrator, and an agent, {@code max}. */
final class Redmine extends PackagedDesk {
    private static final Path HOME = Path.of("/usr/share/redmine");
    private static final Path PUMA = Path.of("/usr/bin/puma");

    Redmine() throws IOException, InterruptedException {
        super("redmine");
    }

    static boolean isInstalled() {
        return Files.exists(HOME.resolve("config.ru")) && Files.isExecutable(PUMA);
    }

    @Override
    void setUp() throws IOException, InterruptedException {
        for (String folder : List.of("log", "files", "tmp")) {
            Files.createDirectory(root.resolve(folder));
        }
        copy("redmine/Gemfile", "Gemfile");
        copy("redmine/database.yml", "config/database.yml");
        copy("redmine/configuration.yml", "config/configuration.yml");
        copy("redmine/shop.rake", "tasks/shop.rake");
        Files.writeString(root.resolve("config/secret_key.txt"), "0123456789abcdef".repeat(8));
        run(List.of(
                "bundle", "exec", "rake", "-f", HOME + "/Rakefile", "-R", root.resolve("tasks") + "", "-q", "shop"));
    }

    /** One thread: of several, one that waits for SQLite's lock stops all others, also the one that has it. */
    @Override
    List<String> command() {
        return List.of(
                "bundle", "exec", "puma", "--dir", HOME.toString(), "-b", "tcp://127.0.0.1:" + port, "-t", "1:1");
    }

    /** An instance is a folder below Redmine's own, so this one's name leads out of there. */
    @Override
    Map<String, String> environment() {
        return Map.of(
                "REDMINE_INSTANCE",
                "../../../.." + root,
                "BUNDLE_GEMFILE",
                root.resolve("Gemfile").toString(),
                "BUNDLE_SILENCE_ROOT_WARNING",
                "1",
                "RAILS_ENV",
                "production",
                "SCHEMA",
                root.resolve("schema.rb").toString());
    }

    @Override
    String ready() {
        return "/issues.json";
    }

    @Override
    Map<String, String> as(String user) {
        return Map.of("X-Redmine-API-Key", keys.get(user));
    }

    /** Who wrote what, in order. */
    List<String> written(String issue) throws IOException, InterruptedException {
        JsonNode read = get("dragoman", "/issues/" + issue + ".json?include=journals")
                .json()
                .at("/issue");
        List<String> written = new ArrayList<>();
        written.add(
                read.at("/author/name").asText() + " " + read.at("/description").asText());
        read.at("/journals").forEach(one -> {
            if (!one.at("/notes").asText().isEmpty()) {
                written.add(
                        one.at("/user/name").asText() + " " + one.at("/notes").asText());
            }
        });
        return written;
    }

    @Override
    List<String> mails(String address) throws IOException {
        Path file = root.resolve("mails").resolve(address);
        return Files.exists(file) ? List.of(Files.readString(file)) : List.of();
    }
}
