// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/** The questions of one language in memory. Lucene finds those that come near; the score compares them. Thread-safe. */
final class LanguageIndex {
    /**
     * Lucene asks on a newer Java to be updated, for the sake of vectors, of which there are none here. Held, lest the
     * setting is lost with the logger.
     */
    private static final Logger VECTORS =
            Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    static {
        VECTORS.setLevel(Level.SEVERE);
    }

    static final String WORDS = "words";
    static final String GRAMS = "grams";
    private static final int CANDIDATES = 40;
    /** A run of letters is found by chance more easily than a word. */
    private static final float GRAM_BOOST = 0.3f;
    /** How much words count in the score, against their letters. */
    private static final double WORD_SHARE = 0.5;
    /** How much it counts that the question is in the message, against the message in the question: who writes greets, too. */
    private static final double QUESTION_SHARE = 0.5;

    private final String language;
    private final List<Indexed> questions = new ArrayList<>();
    private final IndexSearcher searcher;

    private record Indexed(FaqEntry entry, String question, Wording wording) {}

    LanguageIndex(String language, List<FaqEntry> entries) {
        this.language = language;
        for (FaqEntry entry : entries) {
            entry.questions()
                    .forEach(question -> questions.add(new Indexed(entry, question, Wording.of(question, language))));
        }
        try {
            searcher = new IndexSearcher(DirectoryReader.open(written()));
        } catch (IOException e) {
            throw new IllegalStateException("an index in memory cannot be written", e);
        }
    }

    private ByteBuffersDirectory written() throws IOException {
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        IndexWriterConfig config = new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (Indexed question : questions) {
                Document document = new Document();
                question.wording().words().forEach(word -> document.add(new StringField(WORDS, word, Field.Store.NO)));
                question.wording().grams().forEach(gram -> document.add(new StringField(GRAMS, gram, Field.Store.NO)));
                writer.addDocument(document);
            }
        }
        return directory;
    }

    /** The entries whose questions come nearest to a text, the nearest first. */
    List<Match> find(String text, Predicate<FaqEntry> allowed) {
        Wording asked = Wording.of(text, language);
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        asked.words().forEach(word -> query.add(new TermQuery(new Term(WORDS, word)), BooleanClause.Occur.SHOULD));
        asked.grams()
                .forEach(gram -> query.add(
                        new BoostQuery(new TermQuery(new Term(GRAMS, gram)), GRAM_BOOST), BooleanClause.Occur.SHOULD));
        Map<FaqEntry, Match> best = new HashMap<>();
        try {
            for (ScoreDoc found : searcher.search(query.build(), CANDIDATES).scoreDocs) {
                Indexed candidate = questions.get(found.doc);
                if (allowed.test(candidate.entry())) {
                    Match match = new Match(candidate.entry(), candidate.question(), score(asked, candidate.wording()));
                    best.merge(candidate.entry(), match, (one, other) -> one.score() >= other.score() ? one : other);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("an index in memory cannot be read", e);
        }
        return best.values().stream().sorted(Match.NEAREST).toList();
    }

    private double score(Wording asked, Wording question) throws IOException {
        double words = overlap(WORDS, asked.words(), question.words());
        double grams = overlap(GRAMS, asked.grams(), question.grams());
        return WORD_SHARE * words + (1 - WORD_SHARE) * grams;
    }

    /** How much of each is in the other, from 0 to 1; what stands in few questions counts more. */
    private double overlap(String field, Set<String> asked, Set<String> question) throws IOException {
        double common = 0;
        double inAsked = 0;
        double inQuestion = 0;
        for (String term : asked) {
            double weight = weight(field, term);
            inAsked += weight;
            common += question.contains(term) ? weight : 0;
        }
        for (String term : question) {
            inQuestion += weight(field, term);
        }
        double sum = QUESTION_SHARE * inQuestion + (1 - QUESTION_SHARE) * inAsked;
        return sum == 0 ? 0 : common / sum;
    }

    private double weight(String field, String term) throws IOException {
        int with = searcher.getIndexReader().docFreq(new Term(field, term));
        int all = questions.size();
        return Math.log(1 + (all - with + 0.5) / (with + 0.5));
    }
}
