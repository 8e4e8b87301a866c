// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.List;

/**
 * What a connector can do, in a few words each: its row in the table of channels and desks.
 *
 * @param receives how what others write reaches it
 * @param sends what can be sent
 * @param receipts which of them the other side reports; empty where there can be none
 * @param verification how it knows that what it receives is authentic; empty where nothing comes
 * @param needs the settings, or groups of settings, without which an account cannot work, such as {@code address} or
 *     {@code imap or pop3}
 */
public record Features(String receives, String sends, String receipts, String verification, List<String> needs) {

    /** Of a connector that declares none. */
    public static final Features NONE = new Features("", "", "", "", List.of());

    public Features {
        needs = List.copyOf(needs);
    }

    /** Begins with how it receives; the rest is empty. */
    public static Features receives(String how) {
        return new Features(how, "", "", "", List.of());
    }

    /** The same, with what can be sent. */
    public Features sends(String what) {
        return new Features(receives, what, receipts, verification, needs);
    }

    /** The same, with the receipts. */
    public Features receipts(String which) {
        return new Features(receives, sends, which, verification, needs);
    }

    /** The same, with how it verifies. */
    public Features verification(String how) {
        return new Features(receives, sends, receipts, how, needs);
    }

    /** The same, with the settings that an account needs. */
    public Features needs(String... settings) {
        return new Features(receives, sends, receipts, verification, List.of(settings));
    }
}
