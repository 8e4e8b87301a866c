// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * What a connector can do, in a few words each: its row in the table of channels and desks, and its part of
 * {@code docs/channels.md}. Begun with {@link #receives}; what is not said is empty.
 *
 * @param receives how what others write reaches it
 * @param sends what can be sent; {@link #NOTHING} by one that only receives
 * @param receipts which of them the other side reports; empty where there can be none
 * @param verification how it knows that what it receives is authentic; empty where nothing comes
 * @param needs the settings, or groups of settings, without which an account cannot work, such as {@code address} or
 *     {@code imap or pop3}
 * @param setUp what a person does at the provider before the account is configured, a sentence each, in order
 * @param unverified what of all this nobody has checked at the provider
 * @param missed what becomes of what the provider could not hand over: whether it tries again, whether it is asked
 * @param begins to whom we can write first, and what
 */
@RecordBuilder
public record Features(
        String receives,
        String sends,
        String receipts,
        String verification,
        List<String> needs,
        List<String> setUp,
        List<String> unverified,
        String missed,
        String begins) {

    /** What is sent by a connector that only receives. */
    public static final String NOTHING = "nothing";

    /** Of a connector that declares none. */
    public static final Features NONE = receives("");

    public Features {
        needs = List.copyOf(needs);
        setUp = List.copyOf(setUp);
        unverified = List.copyOf(unverified);
    }

    /** Begins with how it receives; the rest is empty. */
    public static Features receives(String how) {
        return new Features(how, "", "", "", List.of(), List.of(), List.of(), "", "");
    }

    /** The same, with what can be sent. */
    public Features sends(String what) {
        return change().sends(what).build();
    }

    /** The same, with the receipts. */
    public Features receipts(String which) {
        return change().receipts(which).build();
    }

    /** The same, with how it verifies. */
    public Features verification(String how) {
        return change().verification(how).build();
    }

    /** The same, with the settings that an account needs. */
    public Features needs(String... settings) {
        return change().needs(List.of(settings)).build();
    }

    /** The same, with what is to be done at the provider. */
    public Features setUp(String... steps) {
        return change().setUp(List.of(steps)).build();
    }

    /** The same, with what nobody has checked. */
    public Features unverified(List<String> what) {
        return change().unverified(what).build();
    }

    /** The same, with what becomes of what could not be handed over. */
    public Features missed(String what) {
        return change().missed(what).build();
    }

    /** The same, with whom we can write to first. */
    public Features begins(String how) {
        return change().begins(how).build();
    }

    /** Whether it only receives. */
    public boolean sendsNothing() {
        return sends.equals(NOTHING);
    }

    private FeaturesBuilder change() {
        return FeaturesBuilder.builder(this);
    }
}
