// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * After how long what is kept is erased; null for never.
 *
 * @param requests the bytes of stored requests, what was read from them, and what was decided
 * @param media files of messages
 * @param conversations those that are closed, since anything happened in them
 * @param contacts those that have no conversation
 */
public record RetentionPolicy(
        @Nullable Duration requests,
        @Nullable Duration media,
        @Nullable Duration conversations,
        @Nullable Duration contacts) {
    /** Keeps everything. */
    public static final RetentionPolicy NONE = new RetentionPolicy(null, null, null, null);

    /** Whether anything is ever erased. */
    public boolean erases() {
        return !equals(NONE);
    }

    /**
     * The age of requests: what brought a conversation's messages says the same as they do, and goes no later than it.
     */
    @Override
    public @Nullable Duration requests() {
        return shorter(requests, conversations);
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        return Stream.of(one, other)
                .flatMap(Stream::ofNullable)
                .min(Duration::compareTo)
                .orElse(null);
    }
}
