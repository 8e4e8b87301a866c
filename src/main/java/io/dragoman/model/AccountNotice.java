// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.time.Instant;

/**
 * What a provider says of the account itself, such as that a template was rejected. Operators see it in health.
 *
 * @param about what it is about, such as {@code template order_ready (en)}: the next notice about the same replaces it; at
 *     most 200 characters
 * @param text a clause for operators, without what customers wrote; at most 400 characters
 */
public record AccountNotice(String key, Instant at, String about, String text, Standing standing)
        implements CustomerEvent {
    private static final int LONGEST_ABOUT = 200;
    private static final int LONGEST_TEXT = 400;

    public AccountNotice {
        Require.notBlank(key, "key");
        Require.notBlank(about, "what a notice is about");
        about = line(about, LONGEST_ABOUT);
        text = line(text, LONGEST_TEXT);
    }

    /** How long a notice counts. */
    public enum Standing {
        /** Something is wrong until the provider says that it is over. */
        PROBLEM,
        /** Something changed, and nothing is wrong. */
        NEWS,
        /** What was said about the same before is over. */
        OVER
    }

    private static String line(String text, int longest) {
        return UnicodeText.cut(text.replaceAll("\\p{Cntrl}+", " ").strip(), longest);
    }

    /** One lane for all, so that they are taken one after the other. */
    @Override
    public String lane() {
        return "account-notices";
    }

    @Override
    public String toString() {
        return "AccountNotice[" + standing + "]";
    }
}
