// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** What somebody typed, as a query: all of the words, and of the last one the beginning is enough. */
final class WordQuery {
    private static final int MOST_WORDS = 32;

    private final Analyzer analyzer;

    WordQuery(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    /** Words that touch, such as the pairs of a Chinese name, in their order. */
    private record Run(List<String> words, int end) {}

    /** Matches nothing where there is no word in it. */
    Query of(String field, String typed) {
        List<Run> runs = runs(field, typed);
        if (runs.isEmpty()) {
            return new MatchNoDocsQuery("no word");
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            boolean typing = i == runs.size() - 1 && run.end() == typed.length();
            all.add(query(field, run.words(), typing), Occur.FILTER);
        }
        return new ConstantScoreQuery(all.build());
    }

    private static Query query(String field, List<String> words, boolean typing) {
        if (words.size() > 1) {
            return new PhraseQuery(field, words.toArray(new String[0]));
        }
        Term term = new Term(field, words.get(0));
        return typing ? new PrefixQuery(term) : new TermQuery(term);
    }

    private List<Run> runs(String field, String typed) {
        List<Run> runs = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream(field, typed)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (runs.size() < MOST_WORDS && stream.incrementToken()) {
                Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
                List<String> words = new ArrayList<>();
                if (last != null && offset.startOffset() < last.end()) {
                    words.addAll(last.words());
                    runs.remove(runs.size() - 1);
                }
                words.add(term.toString());
                runs.add(new Run(words, offset.endOffset()));
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it reads a text in memory
        }
        return runs;
    }
}
