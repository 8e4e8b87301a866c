// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.SimulatorIds;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What customers sent, for download. Thread-safe. */
final class BotFiles {
    private static final int LARGEST = 20 << 20;

    private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();
    private final SimulatorIds ids;

    BotFiles(SimulatorIds ids) {
        this.ids = ids;
    }

    /** Keeps a file and returns its id. */
    String keep(byte[] content) {
        String id = "file-" + ids.next();
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

    /** Puts a file into a message. */
    static void document(ObjectNode message, String id, long size, String mimeType, String name) {
        message.putObject("document")
                .put("file_id", id)
                .put("file_unique_id", "unique")
                .put("file_name", name)
                .put("mime_type", mimeType)
                .put("file_size", size);
    }

    /** Makes a message one with a picture, in two sizes. */
    void photo(ObjectNode message, byte[] jpeg, String caption) {
        String id = keep(jpeg);
        message.putArray("photo")
                .addObject()
                .put("file_id", id + "-small")
                .put("file_unique_id", "unique-small")
                .put("width", 90)
                .put("height", 60);
        message.withArray("photo")
                .addObject()
                .put("file_id", id)
                .put("file_unique_id", "unique")
                .put("width", 1280)
                .put("height", 853)
                .put("file_size", jpeg.length);
        if (!caption.isEmpty()) {
            message.put("caption", caption);
        }
    }
}
