// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.model.CustomerEvent.Consent;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words by which customers stop and start short messages when they are the whole of one: those of the CTIA's
 * Messaging Principles, which networks and providers know too.
 */
public final class OptOutWords {
    private static final Set<String> STOP =
            Set.of("STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE");
    private static final Set<String> START = Set.of("START", "UNSTOP");

    private OptOutWords() {}

    /** What a text says of it; null for nothing. */
    public static @Nullable Consent consent(String text) {
        String word = text.strip().toUpperCase(Locale.ROOT);
        return STOP.contains(word) ? Consent.OPTED_OUT : START.contains(word) ? Consent.OPTED_IN : null;
    }
}
