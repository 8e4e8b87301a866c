// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.voice;

import io.dragoman.simulator.SimulatorResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The recordings of an account, as the API gives them. Thread-safe. */
final class Recordings {
    private final Map<String, String> said = new ConcurrentHashMap<>();
    private final AtomicInteger late = new AtomicInteger();

    void put(String recording, String words) {
        said.put(recording, words);
    }

    /** So many requests more find nothing yet. */
    void late(int requests) {
        late.set(requests);
    }

    /** @param file the recording's id, with {@code .mp3}, {@code .wav} or nothing behind it */
    SimulatorResponse get(String file) {
        String words = said.get(file.replaceAll("\\.(mp3|wav)$", ""));
        if (words == null || late.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return SimulatorResponse.json(404, "{\"code\":20404,\"status\":404}");
        }
        String type = file.endsWith(".mp3") ? "audio/mpeg" : "audio/x-wav";
        // the beginning of an MP3 (ID3 2.4, empty), then the words in the place of their sound
        byte[] start = {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 0};
        byte[] sound = words.getBytes(StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(start, start.length + sound.length);
        System.arraycopy(sound, 0, all, start.length, sound.length);
        return new SimulatorResponse(200, type, Map.of(), all);
    }
}
