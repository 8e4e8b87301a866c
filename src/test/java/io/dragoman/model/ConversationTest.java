// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConversationTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:02:11.120Z");

    @Test
    void aChangeKeepsEverythingElse() {
        Conversation before = new ConversationBuilder("c", "shop", "telegram", "p", "7001", NOW)
                .subject("shoes")
                .team("sales")
                .assignee("mara")
                .tags(List.of("new"))
                .attributes(Map.of("order", "4711"))
                .priority(Conversation.Priority.HIGH)
                .language("ka")
                .desk("helpdesk")
                .deskReference("17")
                .replyUntil(NOW)
                .previous("b")
                .build();
        assertThat(before.change().build()).isEqualTo(before);
        assertThat(before.closed(NOW).change().status(Conversation.State.OPEN).build())
                .isEqualTo(before);
        assertThat(before.change()
                        .tags(List.of("new", "vip"))
                        .attributes(Map.of("a", "b"))
                        .build())
                .satisfies(after -> {
                    assertThat(after.tags()).containsExactly("new", "vip");
                    assertThat(after.attributes()).containsExactly(Map.entry("a", "b"), Map.entry("order", "4711"));
                });
    }

    @Test
    void whatADeskIsPromisedIsThere() {
        assertThat(Json.write(new ConversationBuilder("c", "shop", "telegram", "p", "7001", NOW).build()))
                .contains("\"assignee\":null", "\"attributes\":{}");
    }

    @Test
    void oneThatWasWrittenBeforeThereWereAttributesIsRead() {
        Conversation read = Json.read(
                "{\"id\":\"c\",\"channel\":\"shop\",\"kind\":\"telegram\",\"contact\":\"p\",\"address\":\"7001\","
                        + "\"subject\":null,\"status\":\"open\",\"team\":null,\"tags\":[],\"priority\":\"normal\","
                        + "\"language\":null,\"replyUntil\":null,\"createdAt\":\"2026-11-21T10:02:11.120Z\","
                        + "\"updatedAt\":\"2026-11-21T10:02:11.120Z\"}",
                Conversation.class);
        assertThat(read).isEqualTo(new ConversationBuilder("c", "shop", "telegram", "p", "7001", NOW).build());
    }
}
