// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

/** An account and the code that speaks for it. */
public record ConfiguredAccount(Account account, Connector connector) {

    /** An account of a kind; where the kind has profiles, with the code for the account's own. */
    public static ConfiguredAccount of(Account account, Connector kind) {
        return new ConfiguredAccount(account, kind instanceof Profiled profiled ? profiled.of(account) : kind);
    }

    /** The code, where it is known to speak for a channel. */
    public Channel channel() {
        return (Channel) connector;
    }

    /** The code, where it is known to speak for a desk. */
    public Desk desk() {
        return (Desk) connector;
    }

    /** Whether somebody posts to it. */
    public boolean receivesWebhooks() {
        return connector instanceof Webhook webhook && webhook.receivesWebhooks(account);
    }

    /** Whether it is asked for what is new. */
    public boolean isPolled() {
        return connector instanceof Polled polled && polled.polls(account);
    }

    /** Whether customers can be shown that their message was seen. */
    public boolean marksRead() {
        return connector instanceof ReadMarker marker && marker.marksRead(account);
    }
}
