// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** What retrieval is measured with: an FAQ of twelve subjects, and questions of customers in thirteen languages. */
final class RetrievalSet {
    /** Says that no entry answers a question. */
    static final String NONE = "-";

    static final Faq FAQ = faq();
    static final List<Asked> ALL = asked();

    private RetrievalSet() {}

    /**
     * A question of a customer's.
     *
     * @param subject the tag of the entry that answers it, or {@link #NONE}
     */
    record Asked(String language, String subject, String text) {
        boolean answerable() {
            return !subject.equals(NONE);
        }
    }

    /** Every other question: thresholds are chosen on the first half, and measured on the second. */
    static List<Asked> half(int which) {
        return IntStream.range(0, ALL.size())
                .filter(i -> i % 2 == which)
                .mapToObj(ALL::get)
                .toList();
    }

    private static Faq faq() {
        Problems problems = new Problems();
        Faq faq = new FaqReader(problems)
                .read(Yaml.read("faq.yaml", resource("faq.yaml"), problems).orElseThrow(), List.of());
        if (!problems.all().isEmpty()) {
            throw new IllegalStateException(problems.all().toString());
        }
        return faq;
    }

    private static List<Asked> asked() {
        return resource("questions.tsv")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .map(cells -> new Asked(cells[0], cells[1], cells[2]))
                .toList();
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(RetrievalSet.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
