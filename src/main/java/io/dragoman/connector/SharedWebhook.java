// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.Set;

/**
 * A webhook by which a provider brings what concerns all the numbers, pages or workspaces of one app. What is posted to
 * one account is read for every account of the kind whose secret verifies it; what names none of them becomes a dead
 * event.
 */
public interface SharedWebhook extends Webhook {

    /** What {@link #recipients} calls this account, such as a phone number's id. */
    String recipient(Account account);

    /** The setting that holds it, for the sentence that says what is missing. */
    Setting<String> recipientSetting();

    /** Other kinds that the same requests may concern: what is posted to one is read for accounts of these too. */
    default Set<String> siblings() {
        return Set.of();
    }

    /** Which numbers, pages or workspaces an authentic request is for, in its order; empty where it does not say. */
    Set<String> recipients(Verified verified) throws MalformedPayload;
}
