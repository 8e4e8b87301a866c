// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.wechat;

import io.dragoman.simulator.MultipartReader;
import io.dragoman.simulator.SimulatorRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The media that WeChat holds for an account, with what it takes of each type. Thread-safe. */
final class MediaShelf {
    private static final Pattern FILE = Pattern.compile("(?i)name=\"media\"; filename=\"[^\"]*\\.(\\w+)\"");

    private final Map<String, Held> held = new ConcurrentHashMap<>();

    /** One that is held. */
    record Held(String type, String mimeType, byte[] bytes) {
        @Override
        public String toString() {
            return "Held[" + type + "]";
        }
    }

    private record Rule(int largest, Set<String> endings) {}

    private static final Map<String, Rule> RULES = Map.of(
            "image", new Rule(10 << 20, Set.of("jpg", "jpeg", "png", "gif", "bmp")),
            "voice", new Rule(2 << 20, Set.of("amr", "mp3")),
            "video", new Rule(10 << 20, Set.of("mp4")),
            "thumb", new Rule(64 << 10, Set.of("jpg")));

    void put(String id, Held one) {
        held.put(id, one);
    }

    Optional<Held> find(String id) {
        return Optional.ofNullable(held.get(id));
    }

    /** Takes an upload under an id: 0, or why not. */
    int take(String id, String type, SimulatorRequest request) {
        Rule rule = RULES.get(type);
        MultipartReader.Field file = MultipartReader.read(request.header("Content-Type"), request.body())
                .get("media");
        if (rule == null) {
            return 40004;
        }
        if (file == null || !file.file() || file.content().length == 0) {
            return 41005;
        }
        String ending = ending(request.body());
        if (ending == null || !rule.endings().contains(ending)) {
            return 40005;
        }
        if (file.content().length > rule.largest()) {
            return 40006;
        }
        held.put(id, new Held(type, "application/octet-stream", file.content()));
        return 0;
    }

    private static @Nullable String ending(byte[] form) {
        Matcher name = FILE.matcher(new String(form, StandardCharsets.ISO_8859_1));
        return name.find() ? name.group(1) : null;
    }
}
