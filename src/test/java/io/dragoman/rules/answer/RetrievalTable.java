// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import io.dragoman.rules.answer.Measured.Threshold;
import io.dragoman.store.PostgresServer;
import io.dragoman.store.TestStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Locale;

/** The tables of {@code docs/answers.md}: how often each way of retrieval finds the right entry. */
final class RetrievalTable {
    private static final double STEP = 0.01;

    private RetrievalTable() {}

    /** Writes both into the document, in the place of those that are there. */
    public static void main(String[] arguments) throws Exception {
        Path document = Path.of("docs/answers.md");
        Path folder = Files.createTempDirectory("retrieval");
        try (PostgresServer server = PostgresServer.shared();
                TestStore postgres = server.database(folder)) {
            String text = Files.readString(document);
            Files.writeString(document, replaced(replaced(text, byLanguage()), byEngine(postgres)));
        }
        System.out.println("chosen on the first half: "
                + Measured.of(new LuceneRetrieval(), RetrievalSet.half(0)).choose(STEP, 1));
    }

    /** The document with another table in the place of the one with the same head. */
    static String replaced(String document, String table) {
        String head = table.substring(0, table.indexOf('\n') + 1);
        int begin = document.indexOf("\n" + head) + 1;
        if (begin == 0) {
            throw new IllegalArgumentException("docs/answers.md has no table that begins with " + head);
        }
        int end = document.indexOf("\n\n", begin);
        return document.substring(0, begin) + table + document.substring(end);
    }

    /**
     * The second half by each way of retrieval, at the thresholds that it has chosen on the first half.
     *
     * @param server an empty database of the server
     */
    static String byEngine(TestStore server) throws Exception {
        StringBuilder table = new StringBuilder(
                "| | recall at 1 | at 3 | right answers | wrong | false |\n|---|---|---|---|---|---|\n");
        table.append(row("Lucene, as it is used", new LuceneRetrieval(), STEP, 1))
                .append('\n');
        for (String tokenizer : new String[] {"unicode61", "trigram"}) {
            try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite::memory:")) {
                table.append(row("SQLite FTS5, `" + tokenizer + "`", SqlRetrieval.sqlite(sqlite, tokenizer), 0.25, 40))
                        .append('\n');
            }
        }
        try (Connection postgres = server.connect()) {
            return table.append(row("PostgreSQL full text", SqlRetrieval.postgres(postgres), 0.002, 0.4))
                    .toString();
        }
    }

    private static String row(String name, Retrieval retrieval, double step, double most) throws Exception {
        Threshold chosen = Measured.of(retrieval, RetrievalSet.half(0)).choose(step, most);
        return row(name, Measured.of(retrieval, RetrievalSet.half(1)), chosen);
    }

    /** The second half by language, at the thresholds that the gateway has. */
    static String byLanguage() throws Exception {
        Measured all = Measured.of(new LuceneRetrieval(), RetrievalSet.half(1));
        Threshold threshold = new Threshold(Faq.ENOUGH, Faq.AHEAD);
        StringBuilder table = new StringBuilder(
                "| language | recall at 1 | at 3 | right answers | wrong | false |\n|---|---|---|---|---|---|\n");
        for (String language : RetrievalSet.FAQ.languages()) {
            String name = Locale.forLanguageTag(language).getDisplayLanguage(Locale.ENGLISH);
            table.append(row(name, all.in(language), threshold)).append('\n');
        }
        return table.append(row("**all**", all, threshold)).toString();
    }

    private static String row(String name, Measured measured, Threshold threshold) {
        long answerable = measured.answerable();
        return "| " + name + " | " + of(measured.recalled(1), answerable) + " | " + of(measured.recalled(3), answerable)
                + " | " + of(measured.rightAnswers(threshold), answerable) + " | "
                + of(measured.wrongAnswers(threshold), answerable) + " | "
                + of(measured.falseAnswers(threshold), measured.unanswerable()) + " |";
    }

    private static String of(long some, long all) {
        return some + " of " + all;
    }
}
