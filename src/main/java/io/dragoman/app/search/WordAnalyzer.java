// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.search;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Words of any script: small letters without accents, and pairs of signs where a script writes no spaces (Chinese, Japanese,
 * Korean, Thai, Lao, Khmer, Burmese). Thread-safe.
 */
final class WordAnalyzer extends Analyzer {
    private static final int ALL =
            CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA | CJKBigramFilter.KATAKANA | CJKBigramFilter.HANGUL;

    private final boolean single;

    /** @param single whether each sign is indexed by itself too, so that one alone is found */
    WordAnalyzer(boolean single) {
        this.single = single;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer tokenizer = new StandardTokenizer();
        TokenStream stream = new CJKWidthFilter(tokenizer);
        stream = new LowerCaseFilter(stream);
        stream = new ASCIIFoldingFilter(stream);
        stream = new ArabicNormalizationFilter(stream);
        stream = new PairFilter(stream);
        return new TokenStreamComponents(tokenizer, new CJKBigramFilter(stream, ALL, single));
    }
}
