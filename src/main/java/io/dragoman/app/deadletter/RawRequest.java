// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.deadletter;

import io.dragoman.connector.Request;
import io.dragoman.store.Events;
import io.dragoman.store.blob.MediaStore;
import java.io.IOException;

/** A stored request with its bytes. */
final class RawRequest {
    private RawRequest() {}

    /** The request as it arrived, its body from the file where it is large. */
    static Request whole(Events.Raw raw, MediaStore bodies) throws IOException {
        Request request = raw.request();
        String file = raw.bodyFile();
        return file == null
                ? request
                : new Request(
                        request.origin(),
                        request.method(),
                        request.path(),
                        request.query(),
                        request.headers(),
                        bodies.read(file),
                        request.receivedAt());
    }
}
