// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.slack;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Files: those that customers attached, and those that the app uploads before it shares them. Thread-safe. */
final class SlackUploads {
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    /** @param bytes null before they came */
    record Upload(String id, String name, int length, byte @Nullable [] bytes) {
        @Override
        public String toString() {
            return "Upload[" + id + "]";
        }
    }

    void expect(String id, String name, int length) {
        uploads.put(id, new Upload(id, name, length, null));
    }

    /** Whether they are as many as were announced. */
    boolean take(String id, byte[] bytes) {
        Upload expected = uploads.get(id);
        if (expected == null || expected.length() != bytes.length) {
            return false;
        }
        uploads.put(id, new Upload(id, expected.name(), bytes.length, bytes));
        return true;
    }

    /** A file whose bytes are there; null for none. */
    @Nullable
    Upload whole(String id) {
        Upload upload = uploads.get(id);
        return upload == null || upload.bytes() == null ? null : upload;
    }
}
