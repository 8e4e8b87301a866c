// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.answer;

import io.dragoman.rules.answer.RetrievalSet.Asked;
import java.util.List;

/** One way to find the entry that answers a question. */
interface Retrieval {
    /** An entry by its subject, and how near it is: more is nearer, comparable only within one way. */
    record Ranked(String subject, double score) {}

    /** The nearest first, each subject once. */
    List<Ranked> find(Asked asked) throws Exception;
}
