// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.Ignored;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider's words for how far a message of ours got, as a table. Words are compared as the table writes them.
 * Immutable: each method returns a longer table.
 */
public final class StatusWords {
    private final String provider;
    private final Map<String, Status> words;
    private final Set<String> silent;

    private StatusWords(String provider, Map<String, Status> words, Set<String> silent) {
        this.provider = provider;
        this.words = words;
        this.silent = silent;
    }

    /** A table without words yet; {@code provider} begins the sentences for the operator. */
    public static StatusWords of(String provider) {
        return new StatusWords(provider, Map.of(), Set.of());
    }

    /** Words that mean one status. */
    public StatusWords with(Status status, String... more) {
        Map<String, Status> all = new HashMap<>(words);
        for (String word : more) {
            if (all.put(word, status) != null) {
                throw new IllegalArgumentException(provider + "'s status " + word + " stands twice in its table");
            }
        }
        return new StatusWords(provider, Map.copyOf(all), silent);
    }

    /** Words that say nothing new: what they tell is {@link Ignored}, as {@code status.<word>}. */
    public StatusWords silent(String... more) {
        return new StatusWords(provider, words, Set.of(more));
    }

    /**
     * The one thing that a status tells of a message.
     *
     * @param id the provider's id of the message
     * @param lane the customer's address
     * @param code the provider's error code; 0 for none
     * @throws MalformedPayload when the table does not have the word
     */
    public List<CustomerEvent> receipt(
            String id, String word, String lane, Instant at, ErrorCodes<Integer> codes, int code)
            throws MalformedPayload {
        Reason reason = codes.find(code).map(ErrorCodes.Meaning::reason).orElse(null);
        return receipt(id, word, lane, at, reason, code > 0 ? " error " + code : " status " + word);
    }

    /**
     * The same where the provider's codes are words.
     *
     * @param reason why it failed; null where nothing is known
     * @param detail for the operator, behind the provider's name, never content
     */
    public List<CustomerEvent> receipt(
            String id, String word, String lane, Instant at, @Nullable Reason reason, String detail)
            throws MalformedPayload {
        if (silent.contains(word)) {
            return List.of(new Ignored(
                    id + "|" + word, at, "status." + Ignored.word(word), "the status says nothing new of a message"));
        }
        Status status = words.get(word);
        if (status == null) {
            throw new MalformedPayload("the status is not one that we know of " + provider);
        }
        boolean failed = status == Status.FAILED;
        return List.of(new Receipt(
                id + "|" + word, lane, at, id, status, failed ? reason : null, failed ? provider + detail : null));
    }
}
