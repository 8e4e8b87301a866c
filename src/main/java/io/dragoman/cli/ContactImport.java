// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.contact.AttributeChanges.BadLine;
import io.dragoman.app.contact.AttributeChanges.Imported;
import io.dragoman.app.contact.AttributeChanges.KeyColumn;
import io.dragoman.app.contact.AttributeChanges.Row;
import io.dragoman.config.GatewaySettings;
import io.dragoman.model.ContactAttribute;
import io.dragoman.model.Json;
import io.dragoman.model.Words;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code contact import}: some rows at a time, so that no more than these are in memory. */
@Command(
        name = "import",
        description = {
            "Say what is known of contacts, from a table (CSV, UTF-8) whose first line names its columns.",
            "A column phone, email or id says who is meant; each other is an attribute of the name that it has. An empty"
                    + " field takes the attribute away. Who never wrote is counted as unknown, and nothing is kept of"
                    + " them. The same file twice changes nothing the second time."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman contact import customers.csv --dry-run",
            "  ./dragoman contact import customers.csv --key phone --country DE"
        })
final class ContactImport implements Callable<Integer> {
    private static final int AT_ONCE = 200;
    private static final int MOST_BAD = 20;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ContactCommand parent;

    @Parameters(paramLabel = "FILE", description = "The table.")
    private Path file = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "COLUMN",
            description = "phone, email or id: the column that says who is meant (default: the first of them).")
    private @Nullable String key;

    @Option(
            names = "--country",
            paramLabel = "DE",
            description = "The country of phone numbers that are written without one.")
    private @Nullable String country;

    @Option(names = "--dry-run", description = "Change nothing, and say what would be changed.")
    private boolean dryRun;

    private final List<BadLine> bad = new ArrayList<>();
    private int badLines;
    private int changed;
    private int same;
    private int unknown;

    /** What {@code --json} prints: of the bad lines the first 20. */
    private record Report(int changed, int same, int unknown, int badLines, List<BadLine> bad, boolean dryRun) {}

    /** The import ends here, with this sentence. */
    private static final class Ended extends Exception {
        private static final long serialVersionUID = 1L;

        Ended(String message) {
            super(message, null, false, false);
        }
    }

    /** What the first line says. */
    private record Columns(KeyColumn key, int place, List<String> names) {}

    @Override
    public Integer call() throws InterruptedException {
        Dragoman dragoman = parent.dragoman();
        if (country != null && !country.matches("[A-Z]{2}")) {
            return dragoman.failed("--country must be two capital letters, such as DE.");
        }
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            CsvReader table = new CsvReader(in);
            Columns columns = columns(table);
            List<Row> rows = new ArrayList<>();
            while (next(table, columns, rows)) {
                if (rows.size() == AT_ONCE) {
                    take(columns.key(), rows);
                    rows.clear();
                }
            }
            take(columns.key(), rows);
        } catch (CharacterCodingException e) {
            return dragoman.failed(file + " is not UTF-8 text. Save it as UTF-8." + soFar());
        } catch (IOException e) {
            return dragoman.failed(file + " cannot be read. Check that it is there and who may read it." + soFar());
        } catch (Ended e) {
            return dragoman.failed(e.getMessage() + soFar());
        }
        return say();
    }

    private String soFar() {
        return changed == 0 || dryRun
                ? ""
                : " " + changed + " contacts were changed before; the same file can be imported again.";
    }

    private Columns columns(CsvReader table) throws IOException, Ended {
        List<String> names =
                row(table).orElseThrow(() -> new Ended(file + " is empty. Its first line names the columns."));
        List<String> lower =
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        String column = key == null
                ? lower.stream()
                        .filter(Words.all(KeyColumn.class)::contains)
                        .findFirst()
                        .orElse("")
                : key.toLowerCase(Locale.ROOT);
        Optional<KeyColumn> found = Words.find(KeyColumn.class, column);
        if (found.isEmpty() || !lower.contains(column)) {
            throw new Ended(file + " has the columns " + String.join(", ", names)
                    + ", but none that says who is meant. Name one of them phone, email or id.");
        }
        for (String name : names) {
            Optional<String> problem = ContactAttribute.problem(name, null);
            if (problem.isPresent()) {
                throw new Ended(file + " has a column '" + name + "', but " + problem.get() + ".");
            }
        }
        if (lower.stream().distinct().count() < lower.size()) {
            throw new Ended(file + " names a column twice. Keep one of the two.");
        }
        return new Columns(found.get(), lower.indexOf(column), names);
    }

    private static Optional<List<String>> row(CsvReader table) throws IOException, Ended {
        try {
            return table.row();
        } catch (CsvReader.Malformed e) {
            throw new Ended("The first line " + e.getMessage() + ".");
        }
    }

    /** Reads the next row; false at the end. */
    private boolean next(CsvReader table, Columns columns, List<Row> rows) throws IOException {
        try {
            Optional<List<String>> row = table.row();
            if (row.isEmpty()) {
                return false;
            }
            int wanted = columns.names().size();
            if (row.get().size() != wanted) {
                bad(new BadLine(
                        table.line(),
                        "It has " + row.get().size() + " fields, but the first line has " + wanted + "."));
            } else {
                Map<String, String> values = new LinkedHashMap<>();
                for (int i = 0; i < wanted; i++) {
                    if (i != columns.place()) {
                        values.put(columns.names().get(i), row.get().get(i));
                    }
                }
                rows.add(new Row(table.line(), row.get().get(columns.place()), values));
            }
        } catch (CsvReader.Malformed e) {
            bad(new BadLine(table.line(), "It " + e.getMessage() + "."));
            table.skipLine();
        }
        return true;
    }

    private void bad(BadLine line) {
        badLines++;
        if (bad.size() < MOST_BAD) {
            bad.add(line);
        }
    }

    private void take(KeyColumn column, List<Row> rows) throws Ended, InterruptedException {
        if (rows.isEmpty()) {
            return;
        }
        Dragoman dragoman = parent.dragoman();
        GatewaySettings gateway = OfflineStore.gateway(dragoman);
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("key", Words.of(column)).put("dryRun", dryRun);
        if (country != null) {
            json.put("country", country);
        }
        json.set("rows", Json.mapper().valueToTree(rows));
        try {
            Optional<AdminClient.Reply> reply = new AdminClient(gateway)
                    .ask("/api/v1/contacts/import", json.toString().getBytes(StandardCharsets.UTF_8), Map.of());
            if (reply.isEmpty()) {
                int code = OfflineStore.change(dragoman, gateway, commands -> {
                    add(commands.attributes().take(rows, column, country, dryRun, dragoman.actor()));
                    return Dragoman.OK;
                });
                if (code != Dragoman.OK) {
                    throw new Ended("The rest of the table was not taken.");
                }
            } else if (!reply.get().good()) {
                throw new Ended(reply.get().title());
            } else {
                add(Json.mapper().convertValue(reply.get().body(), Imported.class));
            }
        } catch (AdminClient.NoAnswer e) {
            throw new Ended(String.valueOf(e.getMessage()));
        }
    }

    private void add(Imported some) {
        changed += some.changed();
        same += some.same();
        unknown += some.unknown();
        some.bad().forEach(this::bad);
    }

    private int say() {
        Dragoman dragoman = parent.dragoman();
        if (dragoman.json()) {
            dragoman.print(new Report(changed, same, unknown, badLines, bad, dryRun));
        } else {
            bad.forEach(one -> dragoman.out().println("line " + one.line() + ": " + one.problem()));
            if (badLines > bad.size()) {
                dragoman.out().println("and " + (badLines - bad.size()) + " bad lines more");
            }
            dragoman.out()
                    .println((dryRun ? "Would change " : "Changed ") + changed + " contacts; " + same
                            + " were so already, " + unknown + " lines are about somebody who never wrote, " + badLines
                            + " lines are bad.");
            dragoman.out().flush();
        }
        return badLines == 0 ? Dragoman.OK : Dragoman.FAILED;
    }
}
