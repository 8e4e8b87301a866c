// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/**
 * One thing that happened, already in our words: outside, by a customer on a channel or by an agent at a desk, or because
 * its time came.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CustomerEvent.MessageReceived.class, name = "message.received"),
    @JsonSubTypes.Type(value = MessagePiece.class, name = "message.piece"),
    @JsonSubTypes.Type(value = CustomerEvent.MessageEchoed.class, name = "message.echoed"),
    @JsonSubTypes.Type(value = CustomerEvent.MessageEdited.class, name = "message.edited"),
    @JsonSubTypes.Type(value = CustomerEvent.MessageDeleted.class, name = "message.deleted"),
    @JsonSubTypes.Type(value = CustomerEvent.Reaction.class, name = "message.reaction"),
    @JsonSubTypes.Type(value = CustomerEvent.Receipt.class, name = "receipt"),
    @JsonSubTypes.Type(value = CustomerEvent.ReceivedUntil.class, name = "receipt.until"),
    @JsonSubTypes.Type(value = CustomerEvent.ConsentChanged.class, name = "consent.changed"),
    @JsonSubTypes.Type(value = CustomerEvent.ChatMoved.class, name = "chat.moved"),
    @JsonSubTypes.Type(value = ChatEnded.class, name = "chat.ended"),
    @JsonSubTypes.Type(value = TranscriptRequested.class, name = "transcript.requested"),
    @JsonSubTypes.Type(value = SurveyAnswered.class, name = "survey.answered"),
    @JsonSubTypes.Type(value = PollAnswered.class, name = "poll.answered"),
    @JsonSubTypes.Type(value = OrderChanged.class, name = "order.changed"),
    @JsonSubTypes.Type(value = CustomerForgotten.class, name = "customer.forgotten"),
    @JsonSubTypes.Type(value = CustomerEvent.IdentitiesLinked.class, name = "identities.linked"),
    @JsonSubTypes.Type(value = AccountNotice.class, name = "account.notice"),
    @JsonSubTypes.Type(value = Ignored.class, name = "ignored"),
    @JsonSubTypes.Type(value = DeskEvent.AgentReplied.class, name = "agent.replied"),
    @JsonSubTypes.Type(value = DeskEvent.ConversationStarted.class, name = "conversation.started"),
    @JsonSubTypes.Type(value = DeskEvent.ConversationClosed.class, name = "conversation.closed"),
    @JsonSubTypes.Type(value = DeskEvent.ConversationReopened.class, name = "conversation.reopened"),
    @JsonSubTypes.Type(value = DeskEvent.ReferenceChanged.class, name = "conversation.reference-changed"),
    @JsonSubTypes.Type(value = DeskEvent.ConversationHandedOver.class, name = "conversation.handed-over"),
    @JsonSubTypes.Type(value = DeskEvent.ConversationUpdated.class, name = "conversation.updated"),
    @JsonSubTypes.Type(value = DeskEvent.ConversationTagged.class, name = "conversation.tagged"),
    @JsonSubTypes.Type(value = DeskEvent.NoteWritten.class, name = "note.written"),
    @JsonSubTypes.Type(value = TimerFired.class, name = "timer.fired"),
})
public sealed interface Event permits CustomerEvent, DeskEvent, TimerFired {

    /** What makes a second copy of this event recognisable: unique within the channel or desk it came from. */
    String key();

    /** Events of one lane happen one after the other: the sender's address, or the conversation's id. */
    String lane();

    /** When it happened, by the provider's clock. */
    Instant at();
}
