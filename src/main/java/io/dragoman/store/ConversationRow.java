// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import io.dragoman.model.Conversation;
import io.dragoman.model.Conversation.Priority;
import io.dragoman.model.Conversation.State;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.Json;
import io.dragoman.model.Words;
import io.dragoman.store.Conversations.Versioned;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads conversations' rows. */
final class ConversationRow {
    static final String SELECT = "SELECT id, channel, kind, contact, address, created_at, subject, status, team,"
            + " assignee, tags, attributes, priority, language, desk, desk_reference, reply_until, updated_at, previous,"
            + " thread, version FROM conversation";

    private ConversationRow() {}

    static Versioned read(ResultSet row) throws SQLException {
        Columns columns = new Columns(row);
        Conversation conversation = new ConversationBuilder(
                        columns.text(), columns.text(), columns.text(), columns.text(), columns.text(), columns.time())
                .subject(columns.textOrNull())
                .status(Words.find(State.class, columns.text()).orElseThrow())
                .team(columns.textOrNull())
                .assignee(columns.textOrNull())
                .tags(tags(columns.text()))
                .attributes(attributes(columns.text()))
                .priority(Words.find(Priority.class, columns.text()).orElseThrow())
                .language(columns.textOrNull())
                .desk(columns.textOrNull())
                .deskReference(columns.textOrNull())
                .replyUntil(columns.timeOrNull())
                .updatedAt(columns.time())
                .previous(columns.textOrNull())
                .build();
        return new Versioned(conversation, columns.text(), columns.big());
    }

    /** Most have none, and each message reads its conversation's. */
    private static List<String> tags(String json) {
        return json.equals("[]") ? List.of() : Arrays.asList(Json.read(json, String[].class));
    }

    private static Map<String, String> attributes(String json) {
        return json.equals("{}") ? Map.of() : Json.texts(json);
    }
}
