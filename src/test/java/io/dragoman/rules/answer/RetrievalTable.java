// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import io.dragoman.rules.answer.Measured.Threshold;
import io.dragoman.store.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Locale;

/** Prints the tables of {@code docs/answers.md}: how often each way of retrieval finds the right entry. */
final class RetrievalTable {
    private static final double STEP = 0.01;

    private RetrievalTable() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println(byLanguage());
        System.out.println("chosen on the first half: "
                + Measured.of(new LuceneRetrieval(), RetrievalSet.half(0)).choose(STEP, 1));
        System.out.println();
        System.out.println("| | recall at 1 | at 3 | right answers | wrong | false |\n|---|---|---|---|---|---|");
        row("Lucene, as it is used", new LuceneRetrieval(), STEP, 1);
        for (String tokenizer : new String[] {"unicode61", "trigram"}) {
            try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite::memory:")) {
                row("SQLite FTS5, `" + tokenizer + "`", SqlRetrieval.sqlite(sqlite, tokenizer), 0.25, 40);
            }
        }
        try (PostgresServer server = PostgresServer.shared();
                Connection postgres = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?user=postgres&password=postgres")) {
            row("PostgreSQL full text", SqlRetrieval.postgres(postgres), 0.002, 0.4);
        }
    }

    private static void row(String name, Retrieval retrieval, double step, double most) throws Exception {
        Threshold chosen = Measured.of(retrieval, RetrievalSet.half(0)).choose(step, most);
        System.out.println(row(name, Measured.of(retrieval, RetrievalSet.half(1)), chosen));
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
