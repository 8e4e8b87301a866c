// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What customers sent, for download. Thread-safe. */
final class BotFiles {
    private static final int LARGEST = 20 << 20;

    private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /** Keeps a file and returns its id. */
    String keep(byte[] content) {
        String id = "file-" + count.incrementAndGet();
        bytes.put(id, content);
        return id;
    }

    JsonNode describe(String id) throws BotApiError {
        byte[] content = bytes.get(id);
        if (content == null) {
            throw new BotApiError(400, "Bad Request: invalid file_id");
        }
        if (content.length > LARGEST) {
            throw new BotApiError(400, "Bad Request: file is too big");
        }
        return BotParameters.JSON
                .createObjectNode()
                .put("file_id", id)
                .put("file_unique_id", "unique-" + id)
                .put("file_size", content.length)
                .put("file_path", "files/" + id + ".bin");
    }

    Optional<byte[]> at(String path) {
        String id = path.replaceFirst("^files/", "").replaceFirst("\\.bin$", "");
        return Optional.ofNullable(bytes.get(id));
    }
}
