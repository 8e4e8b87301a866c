// SPDX-License-Identifier: Apache-2.0
package io.dragoman.admin.access;

import io.dragoman.model.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tokens that are let in, by their SHA-256 alone. A plain hash is enough for them: each is 256 random bits, which
 * nobody finds by trying, so that nothing slow is needed as it is for passwords. Thread-safe.
 */
public final class BearerTokens {
    private volatile List<Entry> entries;

    public BearerTokens(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** One of them. */
    public record Entry(Principal identity, byte[] sha256) {
        @Override
        public String toString() {
            return "Entry[" + identity + "]";
        }
    }

    /**
     * Lets in by others from now on.
     *
     * @return those whose token is still the same
     */
    public Set<Principal> replace(List<Entry> others) {
        List<Entry> before = entries;
        entries = List.copyOf(others);
        return others.stream()
                .filter(one -> before.stream()
                        .anyMatch(old -> old.identity().equals(one.identity())
                                && MessageDigest.isEqual(old.sha256(), one.sha256())))
                .map(Entry::identity)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whose token this is. Takes the same time whichever it is, and for none. */
    public Optional<Principal> find(String token) {
        byte[] shown = Hashes.sha256(token.getBytes(StandardCharsets.UTF_8));
        Principal found = null;
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(entry.sha256(), shown)) {
                found = entry.identity();
            }
        }
        return Optional.ofNullable(found);
    }
}
