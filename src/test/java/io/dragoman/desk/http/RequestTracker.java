// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's Request Tracker 5, with its own rules for mail, the gateway's user {@code dragoman} and an agent, {@code max}. */
final class RequestTracker extends PackagedDesk {
    static final String API = "/REST/2.0";

    private static final String TEXTS = """
            SELECT a.Content FROM Transactions t JOIN Attachments a ON a.TransactionId = t.id
            WHERE t.ObjectType = 'RT::Ticket' AND t.ObjectId = ? AND t.Type IN ('Create', 'Correspond')
                AND a.ContentType LIKE 'text/%' AND coalesce(a.Filename, '') = ''
            ORDER BY t.id, a.id""";

    private static final Path SETUP = Path.of("/usr/sbin/rt-setup-database-5");
    private static final Path GATE = Path.of("/usr/bin/rt-mailgate-5");
    private static final Path SERVER = Path.of("/usr/share/request-tracker5/libexec/rt-server");

    RequestTracker() throws IOException, InterruptedException {
        super("request-tracker");
    }

    /** Whether the program is there that takes mails. */
    static boolean takesMail() {
        return isInstalled() && Files.isExecutable(GATE);
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

    /** Who wrote what to the customer or for them, in order. */
    List<String> written(String ticket) throws IOException, InterruptedException {
        List<String> written = new ArrayList<>();
        for (JsonNode one : history(ticket)) {
            for (JsonNode part : parts(one)) {
                if (part.at("/ContentType").asText().startsWith("text/")
                        && part.at("/Filename").asText().isEmpty()) {
                    written.add(one.at("/Creator/id").asText() + " "
                            + part.at("/Content").asText());
                }
            }
        }
        return written;
    }

    /** The texts that customers and agents see, in order, as they are in its database: it is asked for nothing. */
    List<String> stored(String ticket) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection database =
                        DriverManager.getConnection("jdbc:sqlite:file:" + root.resolve("rt.sqlite3") + "?mode=ro");
                PreparedStatement select = database.prepareStatement(TEXTS)) {
            select.setString(1, ticket);
            ResultSet rows = select.executeQuery();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** The transactions that customers and agents see. */
    List<JsonNode> history(String ticket) throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        get("dragoman", API + "/ticket/" + ticket + "/history?fields=Type,Creator&per_page=100")
                .json()
                .at("/items")
                .forEach(one -> {
                    if (List.of("Create", "Correspond").contains(one.at("/Type").asText())) {
                        all.add(one);
                    }
                });
        return all;
    }

    JsonNode parts(JsonNode transaction) throws IOException, InterruptedException {
        String path = "/transaction/" + transaction.at("/id").asText();
        return get("dragoman", API + path + "/attachments?fields=ContentType,Filename,Content")
                .json()
                .at("/items");
    }

    /** Its own program takes a mail, as from a mail server. */
    void takes(byte[] mail) throws IOException, InterruptedException {
        Path said = root.resolve("gate");
        Process gate = new ProcessBuilder(
                        GATE.toString(), "--queue", "General", "--action", "correspond", "--url", url("") + "")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try (OutputStream in = gate.getOutputStream()) {
            in.write(mail);
        }
        if (!gate.waitFor(2, TimeUnit.MINUTES) || gate.exitValue() != 0) {
            gate.destroyForcibly();
            throw new IOException(GATE + " does not take a mail: " + Files.readString(said));
        }
    }

    @Override
    List<String> mails(String address) throws IOException {
        return mails().values().stream()
                .filter(text -> text.lines()
                        .takeWhile(line -> !line.isEmpty())
                        .anyMatch(line -> line.matches("(To|Cc|Bcc): .*") && line.contains(address)))
                .toList();
    }

    /** All that it sent, by the names of their files. */
    Map<String, String> mails() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> mails = Files.list(root.resolve("mails"))) {
            for (Path mail : mails.toList()) {
                String name = mail.getFileName().toString();
                if (!name.startsWith(".")) {
                    found.put(name, Files.readString(mail));
                }
            }
        }
        return found;
    }
}
