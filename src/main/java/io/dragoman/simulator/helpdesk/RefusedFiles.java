// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.helpdesk;

import io.dragoman.simulator.SimulatorResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Files that a helpdesk, or a proxy before it, does not take, in whatever form a call carries them. Thread-safe. */
final class RefusedFiles {
    private final List<Refused> all = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();

    private record Refused(String raw, String base64, SimulatorResponse refusal) {
        boolean isIn(String body) {
            return body.contains(raw) || body.contains(base64);
        }

        @Override
        public String toString() {
            return "Refused[" + refusal.status() + "]";
        }
    }

    void add(byte[] bytes, SimulatorResponse refusal) {
        all.add(new Refused(text(bytes), Base64.getEncoder().encodeToString(bytes), refusal));
    }

    int count() {
        return count.get();
    }

    /** The answer to a call that carries one of them. */
    Optional<SimulatorResponse> refusal(byte[] body) {
        if (all.isEmpty() || body.length == 0) {
            return Optional.empty();
        }
        String text = text(body);
        Optional<SimulatorResponse> refusal =
                all.stream().filter(one -> one.isIn(text)).map(Refused::refusal).findFirst();
        refusal.ifPresent(refused -> count.incrementAndGet());
        return refusal;
    }

    /** A character for each byte. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
