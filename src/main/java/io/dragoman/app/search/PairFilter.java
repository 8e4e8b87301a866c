// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.search;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;
import org.jspecify.annotations.Nullable;

/**
 * Runs of the scripts of South-East Asia, which are written without spaces, as overlapping pairs of signs: what is asked for
 * is found wherever in a run it stands, without a dictionary.
 */
final class PairFilter extends TokenFilter {
    private static final String RUN = StandardTokenizer.TOKEN_TYPES[StandardTokenizer.SOUTHEAST_ASIAN];

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
    private final TypeAttribute type = addAttribute(TypeAttribute.class);
    private @Nullable State run;
    private int[] signs = {};
    private int start;
    private int next;

    PairFilter(TokenStream input) {
        super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (run != null && next < signs.length - 1) {
            pair();
            return true;
        }
        run = null;
        if (!input.incrementToken()) {
            return false;
        }
        if (RUN.equals(type.type())) {
            int[] found = term.toString().codePoints().toArray();
            if (found.length > 2) {
                run = captureState();
                signs = found;
                start = offset.startOffset();
                next = 0;
                pair();
            }
        }
        return true;
    }

    private void pair() {
        restoreState(run);
        term.setEmpty().append(new String(signs, next, 2));
        int from = start + next; // these scripts have no signs of two characters
        offset.setOffset(from, from + 2);
        next++;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        run = null;
    }
}
