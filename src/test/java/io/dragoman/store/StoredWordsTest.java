// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.AccountNotice;
import io.dragoman.model.ChatEnded;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerForgotten;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Event;
import io.dragoman.model.EventTypes;
import io.dragoman.model.Ignored;
import io.dragoman.model.Json;
import io.dragoman.model.MessagePiece;
import io.dragoman.model.OrderChanged;
import io.dragoman.model.SurveyAnswered;
import io.dragoman.model.TimerFired;
import io.dragoman.model.TranscriptRequested;
import io.dragoman.model.Words;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The words in which data was written before: a name in the code may change, what stores hold may not. */
final class StoredWordsTest {
    private static final Map<Class<? extends Event>, String> EVENTS = Map.ofEntries(
            Map.entry(CustomerEvent.MessageReceived.class, "message.received"),
            Map.entry(CustomerEvent.MessageEchoed.class, "message.echoed"),
            Map.entry(CustomerEvent.MessageEdited.class, "message.edited"),
            Map.entry(CustomerEvent.MessageDeleted.class, "message.deleted"),
            Map.entry(CustomerEvent.Reaction.class, "message.reaction"),
            Map.entry(CustomerEvent.Receipt.class, "receipt"),
            Map.entry(CustomerEvent.ReceivedUntil.class, "receipt.until"),
            Map.entry(CustomerEvent.ConsentChanged.class, "consent.changed"),
            Map.entry(CustomerEvent.ChatMoved.class, "chat.moved"),
            Map.entry(ChatEnded.class, "chat.ended"),
            Map.entry(TranscriptRequested.class, "transcript.requested"),
            Map.entry(SurveyAnswered.class, "survey.answered"),
            Map.entry(OrderChanged.class, "order.changed"),
            Map.entry(CustomerForgotten.class, "customer.forgotten"),
            Map.entry(CustomerEvent.IdentitiesLinked.class, "identities.linked"),
            Map.entry(MessagePiece.class, "message.piece"),
            Map.entry(AccountNotice.class, "account.notice"),
            Map.entry(Ignored.class, "ignored"),
            Map.entry(DeskEvent.AgentReplied.class, "agent.replied"),
            Map.entry(DeskEvent.ConversationStarted.class, "conversation.started"),
            Map.entry(DeskEvent.ConversationClosed.class, "conversation.closed"),
            Map.entry(DeskEvent.ConversationReopened.class, "conversation.reopened"),
            Map.entry(DeskEvent.ReferenceChanged.class, "conversation.reference-changed"),
            Map.entry(DeskEvent.ConversationHandedOver.class, "conversation.handed-over"),
            Map.entry(DeskEvent.ConversationUpdated.class, "conversation.updated"),
            Map.entry(DeskEvent.ConversationTagged.class, "conversation.tagged"),
            Map.entry(DeskEvent.NoteWritten.class, "note.written"),
            Map.entry(TimerFired.class, "timer.fired"));

    @Test
    void kindsOfEvents() {
        EVENTS.forEach((type, word) -> assertThat(EventTypes.of(type)).isEqualTo(word));
    }

    @Test
    void typeOfAnEventIsFoundWhereverItStandsInItsJson() {
        String old = "{\"key\":\"k\",\"conversation\":\"c-1\",\"at\":\"2026-11-21T10:02:11.120Z\","
                + "\"type\":\"conversation.closed\"}";
        Event event = Json.read(old, Event.class);
        assertThat(event)
                .isEqualTo(new DeskEvent.ConversationClosed("k", Instant.parse("2026-11-21T10:02:11.120Z"), "c-1"));
        assertThat(EventTypes.of(event)).isEqualTo("conversation.closed");
    }

    @Test
    void endingsOfAttempts() {
        assertThat(Words.all(Attempts.Ending.class))
                .containsExactly("sent", "fetched", "retry", "refused", "gone", "uncertain", "failed");
    }

    @Test
    void flowsOfLanes() {
        assertThat(FlowKey.inbox("shop").name()).isEqualTo("shop");
        assertThat(FlowKey.outbox(Deliveries.Kind.MESSAGE, "shop", "shop").name())
                .isEqualTo("shop/shop");
        assertThat(FlowKey.outbox(Deliveries.Kind.NOTICE, "desk", "shop").name())
                .isEqualTo("desk/shop");
        assertThat(FlowKey.outbox(Deliveries.Kind.FETCH, "shop", "shop").name()).isEqualTo("media:shop/shop");
        assertThat(FlowKey.outbox(Deliveries.Kind.FETCH, "shop", "shop").target())
                .isEqualTo("media:shop");
    }

    @Test
    void mediaItemOfAFetchIsNoMatterOfItsLane() {
        for (String lane : List.of("media/m-1", "another")) {
            assertThat(fetch(lane).mediaItem()).isEqualTo("m-1");
        }
    }

    private static Deliveries.Stored fetch(String lane) {
        return DeliveriesStoredBuilder.builder()
                .id("d-1")
                .lane(lane)
                .target("shop")
                .kind(Deliveries.Kind.FETCH)
                .key("fetch:m-1")
                .event("e-1")
                .message("e-1")
                .conversation("c-1")
                .payload("\"m-1\"")
                .steps(1)
                .automatic(true)
                .state(Deliveries.State.READY)
                .nextAt(Instant.EPOCH)
                .since(Instant.EPOCH)
                .createdAt(Instant.EPOCH)
                .build();
    }
}
