// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.CustomerEvent.Threading;
import org.jspecify.annotations.Nullable;

/** A message that takes its place in a conversation with a customer, which may begin with it, whoever wrote it. */
public sealed interface Placed permits CustomerEvent.WrittenMessage, DeskEvent.ConversationStarted {
    /** Whose conversation it is. */
    Sender customer();

    /** How the conversation is found. */
    Threading threading();

    /** The channel's id of the message that this one answers. */
    @Nullable
    String replyTo();
}
