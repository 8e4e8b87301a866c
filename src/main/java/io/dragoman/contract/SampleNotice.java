// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Outbound;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.model.MessageBuilder;
import io.dragoman.model.Part;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a desk is told, with everything in it, for whoever needs one. */
public final class SampleNotice {
    /** When it happened. */
    public static final Instant NOW = Instant.parse("2026-11-21T10:02:11.120Z");

    private SampleNotice() {}

    public static Outbound.ToDesk of(String key, String text) {
        Conversation conversation = new ConversationBuilder("c-1", "shop", "telegram", "p-1", "7001", NOW)
                .team("billing")
                .assignee("mara")
                .tags(List.of("refund"))
                .attributes(Map.of("order", "4711"))
                .priority(Conversation.Priority.HIGH)
                .language("en")
                .desk("helpdesk")
                .build();
        Contact contact = new Contact("p-1", "Ana", "en", List.of(new Identity("telegram", "7001", true)), List.of());
        Message message = MessageBuilder.builder()
                .id("m-1")
                .conversation("c-1")
                .sequence(7)
                .direction(Message.Direction.IN)
                .author(new Message.Author(Message.Author.Kind.CONTACT, "Ana"))
                .sentAt(NOW)
                .receivedAt(NOW)
                .parts(List.of(new Part.Text(text)))
                .build();
        DeskNotice.Data data = new DeskNotice.Data(conversation, contact, message, null, null, List.of());
        return new Outbound.ToDesk(key, new DeskNotice(DeskNotice.Type.MESSAGE_RECEIVED, NOW, data));
    }
}
