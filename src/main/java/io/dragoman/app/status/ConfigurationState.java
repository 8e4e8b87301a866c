// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether what stands in the files of the configuration is what the gateway works with. Thread-safe. */
public final class ConfigurationState {
    /** More of them say no more. */
    private static final int MOST = 10;

    private static final ConfigurationStatus GOOD = new ConfigurationStatus("ok", null, 0, List.of());

    private final Clock clock;
    private volatile ConfigurationStatus status = GOOD;
    private volatile @Nullable Supplier<List<String>> reload;

    public ConfigurationState(Clock clock) {
        this.clock = clock;
    }

    /**
     * How it is.
     *
     * @param status {@code ok}, or {@code broken} while changed files cannot be used and the old configuration goes on
     * @param since when a change could first not be used; null while it is ok
     * @param errors how many there are
     * @param problems the first ten, each with file, line and what to do
     */
    public record ConfigurationStatus(
            String status,
            @Nullable Instant since,
            int errors,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> problems) {
        public ConfigurationStatus {
            problems = List.copyOf(problems);
        }

        /** Whether the files say something else than what is active. */
        public boolean isBroken() {
            return errors > 0;
        }
    }

    public ConfigurationStatus status() {
        return status;
    }

    /** Says how the files are read again at once: it gives what is wrong with them. */
    public void reloadBy(Supplier<List<String>> reload) {
        this.reload = reload;
    }

    /** Reads the files again at once: what is wrong with them; empty where nobody follows the files. */
    public Optional<List<String>> reload() {
        return Optional.ofNullable(reload).map(Supplier::get);
    }

    /** What is wrong with the files as they are now; nothing where they were taken. */
    public synchronized void problems(List<String> problems) {
        Instant since = status.since() == null ? clock.instant() : status.since();
        status = problems.isEmpty()
                ? GOOD
                : new ConfigurationStatus(
                        "broken",
                        since,
                        problems.size(),
                        problems.stream().limit(MOST).toList());
    }
}
