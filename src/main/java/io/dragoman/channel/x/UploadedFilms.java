// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** X's ids of films that it still processes, by the key of the delivery; what is forgotten is uploaded again. Thread-safe. */
final class UploadedFilms {
    private static final int MOST = 500;

    private final Map<String, String> films = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<String> find(String key) {
        return Optional.ofNullable(films.get(key));
    }

    synchronized void keep(String key, String media) {
        films.put(key, media);
    }

    synchronized void forget(String key) {
        films.remove(key);
    }
}
