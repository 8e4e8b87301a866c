// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.outside;

import io.dragoman.bench.wire.HttpInput;

/** What one kind of outside party does with a request. For one thread. */
interface Party {
    /** Notes the request, and gives the whole answer: head and body, valid until the next call. */
    byte[] answer(HttpInput request);
}
