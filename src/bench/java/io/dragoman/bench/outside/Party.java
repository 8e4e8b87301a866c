// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.outside;

import io.dragoman.bench.wire.Figures;
import io.dragoman.bench.wire.HttpInput;

/** What an outside party does with requests. For one thread. */
interface Party {
    /** Notes the request, and gives the whole answer: head and body, valid until the next call. */
    byte[] answer(HttpInput request);

    /** How many different messages have arrived, with all that is to follow from them. */
    long count();

    /** All there is to check. */
    Figures figures();
}
