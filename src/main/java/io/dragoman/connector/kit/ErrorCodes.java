// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.model.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's error codes mean, as a table: a connector lists its codes, {@link Outcome#of(Response, String)} says
 * the rest. A code says that the request was <em>not</em> carried out; on a 5xx it is believed only where the table
 * {@link #sureOnServerErrors is sure}. Immutable: each method returns a longer table.
 *
 * @param <C> numbers or words, whatever the provider's codes are
 */
public final class ErrorCodes<C> {
    private final String provider;
    private final boolean sureOnServerErrors;
    private final Map<C, Meaning> meanings;

    private ErrorCodes(String provider, boolean sureOnServerErrors, Map<C, Meaning> meanings) {
        this.provider = provider;
        this.sureOnServerErrors = sureOnServerErrors;
        this.meanings = meanings;
    }

    /**
     * What one code means.
     *
     * @param passes whether another try may succeed
     * @param pause how long to wait for that when the answer does not tell; null leaves it to the schedule
     * @param text for the operator; may be empty
     * @param gone whether it is the ticket that is gone
     */
    public record Meaning(
            Reason reason, boolean passes, @Nullable Duration pause, String text, boolean gone) {
        /** Of anything but a ticket. */
        public Meaning(Reason reason, boolean passes, @Nullable Duration pause, String text) {
            this(reason, passes, pause, text, false);
        }
    }

    /** A table without codes yet; {@code provider} begins the sentences for the operator. */
    public static <C> ErrorCodes<C> of(String provider) {
        return new ErrorCodes<>(provider, false, Map.of());
    }

    /** For a provider that answers with a code only for what it did not carry out, whatever the status. */
    public ErrorCodes<C> sureOnServerErrors() {
        return new ErrorCodes<>(provider, true, meanings);
    }

    /** Codes of what would end the same at another try. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final ErrorCodes<C> refused(Reason reason, String text, C... codes) {
        return with(new Meaning(reason, false, null, text), codes);
    }

    /** Codes that say to a desk's connector that the ticket is closed for good, merged or deleted. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final ErrorCodes<C> gone(String text, C... codes) {
        return with(new Meaning(Reason.CONTENT_REFUSED, false, null, text, true), codes);
    }

    /** Codes of what passes with time. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final ErrorCodes<C> passing(Reason reason, String text, C... codes) {
        return with(new Meaning(reason, true, null, text), codes);
    }

    /** Codes of what passes with a time that is known. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final ErrorCodes<C> passing(Duration pause, Reason reason, String text, C... codes) {
        return with(new Meaning(reason, true, pause, text), codes);
    }

    /** What a code means; empty for one that the table does not have. */
    public Optional<Meaning> find(C code) {
        return Optional.ofNullable(meanings.get(code));
    }

    /** How an attempt ended that was answered with this code, which may be the status itself. */
    public Outcome outcome(Response response, C code) {
        int status = response.status();
        Meaning meaning = meanings.get(code);
        boolean doubtful = status == 429 || status == 503 || (status >= 500 && !sureOnServerErrors);
        if (meaning == null || doubtful) {
            return Outcome.of(response, provider);
        }
        String detail = provider + " answered " + status + detail(status, code, meaning.text);
        if (meaning.gone) {
            return new Outcome.Gone(detail);
        }
        if (!meaning.passes) {
            return new Outcome.Refused(meaning.reason, detail);
        }
        return new Outcome.Retry(meaning.reason, detail, response.retryAfter().orElse(meaning.pause));
    }

    private String detail(int status, C code, String text) {
        if (String.valueOf(code).equals(String.valueOf(status))) {
            return text.isEmpty() ? "" : ": " + text;
        }
        return text.isEmpty() ? " with code " + code : ", code " + code + ": " + text;
    }

    private ErrorCodes<C> with(Meaning meaning, C[] codes) {
        Map<C, Meaning> more = new HashMap<>(meanings);
        for (C code : codes) {
            if (more.put(code, meaning) != null) {
                throw new IllegalArgumentException(provider + "'s code " + code + " stands twice in its table");
            }
        }
        return new ErrorCodes<>(provider, sureOnServerErrors, Map.copyOf(more));
    }
}
