// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import io.dragoman.rules.answer.RetrievalSet.Asked;
import java.util.List;
import java.util.Set;

/** As the gateway finds answers, with the language told. */
final class LuceneRetrieval implements Retrieval {
    @Override
    public List<Ranked> find(Asked asked) {
        return RetrievalSet.FAQ.find(asked.text(), asked.language(), Set.of(), 3).stream()
                .map(match -> new Ranked(match.entry().tags().get(0), match.score()))
                .toList();
    }
}
