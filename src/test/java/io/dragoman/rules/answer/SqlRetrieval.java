// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import io.dragoman.rules.answer.RetrievalSet.Asked;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The full text searches of both stores, a table for each language, any word of the question. */
final class SqlRetrieval implements Retrieval {
    /** What PostgreSQL knows of the languages of the set. */
    private static final Map<String, String> CONFIGURATIONS = Map.of(
            "en", "english",
            "de", "german",
            "fr", "french",
            "es", "spanish",
            "tr", "turkish",
            "ru", "russian",
            "ar", "arabic",
            "hi", "hindi",
            "hy", "armenian");

    private final Connection connection;
    private final String find;
    private final boolean postgres;

    private SqlRetrieval(Connection connection, String find, boolean postgres) {
        this.connection = connection;
        this.find = find;
        this.postgres = postgres;
    }

    /** @param tokenizer of FTS5, such as {@code unicode61} */
    static SqlRetrieval sqlite(Connection connection, String tokenizer) throws SQLException {
        for (String language : RetrievalSet.FAQ.languages()) {
            run(
                    connection,
                    "CREATE VIRTUAL TABLE faq_" + language + " USING fts5(subject UNINDEXED, question, tokenize='"
                            + tokenizer + "')");
        }
        fill(connection);
        return new SqlRetrieval(
                connection, "SELECT subject, -bm25(%s) FROM %s WHERE %s MATCH ? ORDER BY 2 DESC, rowid", false);
    }

    static SqlRetrieval postgres(Connection connection) throws SQLException {
        for (String language : RetrievalSet.FAQ.languages()) {
            run(connection, "CREATE TABLE faq_" + language + "(subject TEXT, question TEXT)");
        }
        fill(connection);
        return new SqlRetrieval(
                connection,
                "SELECT subject, ts_rank(to_tsvector('%s', question), q, 1) FROM %s, to_tsquery('%s', ?) q"
                        + " WHERE to_tsvector('%s', question) @@ q ORDER BY 2 DESC, subject",
                true);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void fill(Connection connection) throws SQLException {
        for (FaqEntry entry : RetrievalSet.FAQ.entries()) {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO faq_" + entry.language() + "(subject,question) VALUES(?,?)")) {
                for (String question : entry.questions()) {
                    insert.setString(1, entry.tags().get(0));
                    insert.setString(2, question);
                    insert.execute();
                }
            }
        }
    }

    @Override
    public List<Ranked> find(Asked asked) throws SQLException {
        String table = "faq_" + asked.language();
        String configuration = CONFIGURATIONS.getOrDefault(asked.language(), "simple");
        String sql = postgres
                ? find.formatted(configuration, table, configuration, configuration)
                : find.formatted(table, table, table);
        Map<String, Double> best = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, words(asked.text(), postgres ? " | " : " OR "));
            ResultSet found = select.executeQuery();
            while (found.next()) {
                best.putIfAbsent(found.getString(1), found.getDouble(2));
            }
        }
        List<Ranked> ranked = new ArrayList<>();
        best.forEach((subject, score) -> ranked.add(new Ranked(subject, score)));
        return ranked;
    }

    private String words(String text, String or) {
        String quote = postgres ? "'" : "\"";
        return List.of(text.split("[^\\p{L}\\p{M}\\p{N}]+")).stream()
                .filter(word -> !word.isEmpty())
                .map(word -> quote + word + quote)
                .collect(Collectors.joining(or));
    }
}
