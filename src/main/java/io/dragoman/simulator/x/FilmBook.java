// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.x;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.MultipartReader;
import io.dragoman.simulator.SimulatorRequest;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Films that are uploaded in pieces, and processed while they are asked for: once in vain. Thread-safe. */
final class FilmBook {
    private static final int LARGEST_PIECE = 5 << 20;

    private final ObjectMapper json = new ObjectMapper();
    private final Supplier<String> ids;
    private final BiConsumer<String, byte[]> ready;
    private final Map<String, Film> films = new HashMap<>();

    private static final class Film {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final long size;
        private int pieces;
        private int asked;

        private Film(long size) {
            this.size = size;
        }
    }

    /** @param ready takes a film that can be sent */
    FilmBook(Supplier<String> ids, BiConsumer<String, byte[]> ready) {
        this.ids = ids;
        this.ready = ready;
    }

    /** Answers what concerns films; null for anything else. */
    synchronized @Nullable SimulatorResponse handle(SimulatorRequest request) throws IOException {
        String[] path = request.path().split("/");
        if (!request.path().startsWith("/2/media/upload")) {
            return null;
        }
        if (request.path().endsWith("/initialize")) {
            return initialize(json.readTree(request.body()));
        }
        if (request.method().equals("GET")) {
            UrlEncoded query = UrlEncoded.read(request.uri().getRawQuery());
            return query.get("command").equals("STATUS") ? state(query.get("media_id"), true) : bad();
        }
        return path.length != 6
                ? null
                : path[5].equals("append")
                        ? append(path[4], request)
                        : path[5].equals("finalize") ? end(path[4]) : null;
    }

    private SimulatorResponse initialize(JsonNode body) {
        boolean good = body.path("media_type").asText().equals("video/mp4")
                && body.path("media_category").asText().matches("dm_video|tweet_video")
                && body.path("total_bytes").asLong(0) > 0;
        if (!good) {
            return bad();
        }
        String id = ids.get();
        films.put(id, new Film(body.path("total_bytes").asLong()));
        return data(json.createObjectNode().put("id", id).put("expires_after_secs", 86_400));
    }

    private SimulatorResponse append(String id, SimulatorRequest request) {
        Map<String, MultipartReader.Field> form = MultipartReader.read(request.header("Content-Type"), request.body());
        MultipartReader.Field piece = form.get("media");
        MultipartReader.Field index = form.get("segment_index");
        Film film = films.get(id);
        if (film == null
                || piece == null
                || index == null
                || piece.content().length > LARGEST_PIECE
                || !index.text().equals(Integer.toString(film.pieces))) {
            return bad();
        }
        film.pieces++;
        film.bytes.writeBytes(piece.content());
        return data(json.createObjectNode().put("expires_at", 0));
    }

    private SimulatorResponse end(String id) {
        Film film = films.get(id);
        return film == null || film.bytes.size() != film.size ? bad() : state(id, false);
    }

    /** The first time that it is asked for, it is not done. */
    private SimulatorResponse state(String id, boolean asked) {
        Film film = films.get(id);
        if (film == null) {
            return bad();
        }
        boolean done = asked && ++film.asked > 1;
        boolean broken = film.bytes
                .toString(java.nio.charset.StandardCharsets.ISO_8859_1)
                .startsWith("broken");
        String state = !done ? "in_progress" : broken ? "failed" : "succeeded";
        if (state.equals("succeeded")) {
            ready.accept(id, film.bytes.toByteArray());
        }
        ObjectNode answer = json.createObjectNode().put("id", id).put("size", film.size);
        answer.putObject("processing_info").put("state", state).put("check_after_secs", 2);
        return data(answer);
    }

    private SimulatorResponse data(ObjectNode data) {
        ObjectNode answer = json.createObjectNode();
        answer.set("data", data);
        return SimulatorResponse.json(200, answer);
    }

    private static SimulatorResponse bad() {
        return XSimulator.problem(400, "Invalid Request", "One or more parameters to your request was invalid.");
    }
}
