// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.matrix;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.simulator.SimulatorIds;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A homeserver's files, which are handed out to whoever is logged in. Thread-safe. */
final class MatrixFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SimulatorIds ids;
    private final String server;
    private final Map<String, SimulatorResponse> files = new ConcurrentHashMap<>();
    private volatile long largest = 50L << 20;

    MatrixFiles(SimulatorIds ids, String server) {
        this.ids = ids;
        this.server = server;
    }

    void largest(long bytes) {
        largest = bytes;
    }

    /** Returns its address. */
    String put(byte[] bytes, String type) {
        String id = "media" + ids.next();
        files.put(id, new SimulatorResponse(200, type, Map.of("Content-Disposition", "attachment"), bytes));
        return "mxc://" + server + "/" + id;
    }

    byte @Nullable [] bytes(String address) {
        SimulatorResponse file = files.get(address.substring(address.lastIndexOf('/') + 1));
        return file == null ? null : file.body();
    }

    SimulatorResponse config() {
        return SimulatorResponse.json(200, JSON.createObjectNode().put("m.upload.size", largest));
    }

    SimulatorResponse upload(SimulatorRequest request) throws MatrixError {
        if (request.body().length > largest) {
            throw new MatrixError(413, "M_TOO_LARGE", "Cannot upload files larger than " + largest);
        }
        String address = put(request.body(), request.header("Content-Type"));
        return SimulatorResponse.json(200, JSON.createObjectNode().put("content_uri", address));
    }

    SimulatorResponse download(String from, String id) throws MatrixError {
        SimulatorResponse file = from.equals(server) ? files.get(id) : null;
        if (file == null) {
            throw new MatrixError(404, "M_NOT_FOUND", "Not found");
        }
        return file;
    }
}
