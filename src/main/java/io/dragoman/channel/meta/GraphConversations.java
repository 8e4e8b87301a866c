// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Response;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.FormFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of a page or account as the Conversations API lists them, the last changed first, each with its last
 * messages: https://developers.facebook.com/docs/messenger-platform/conversations.
 */
record GraphConversations(GraphApi api, String owner, String platform) {
    /** Of older messages in a conversation Instagram tells the ids alone. */
    private static final int LAST_MESSAGES = 20;

    private static final int CONVERSATIONS = 25;
    private static final int MOST_PAGES = 20;
    private static final String MESSAGE = "id,created_time,from,to,message,attachments,sticker";

    /** What a conversation's last messages are, and when the provider said so; null where it did not. */
    record Listed(List<JsonNode> messages, @Nullable Instant at) {}

    /** The last messages of a customer's conversation, the newest first. */
    Listed with(String customer) throws TransportFailure {
        Response response = api.get(
                owner + "/conversations", query().add("user_id", customer).query());
        List<JsonNode> messages = new ArrayList<>();
        response.json()
                .path("data")
                .forEach(one -> one.path("messages").path("data").forEach(messages::add));
        return new Listed(messages, GraphTime.of(response));
    }

    /** The last messages of every conversation that changed since then, at most of some hundreds. */
    Listed since(Instant from) throws TransportFailure {
        List<JsonNode> messages = new ArrayList<>();
        String after = "";
        Instant at = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            FormFields query = query().add("limit", String.valueOf(CONVERSATIONS));
            Response response =
                    api.get(owner + "/conversations", (after.isEmpty() ? query : query.add("after", after)).query());
            at = at == null ? GraphTime.of(response) : at;
            boolean older = false;
            for (JsonNode conversation : response.json().path("data")) {
                Instant updated = GraphTime.of(conversation.path("updated_time").asText(""));
                older |= updated != null && updated.isBefore(from);
                conversation.path("messages").path("data").forEach(messages::add);
            }
            JsonNode paging = response.json().path("paging");
            after = paging.has("next") ? paging.path("cursors").path("after").asText("") : "";
            if (older || after.isEmpty()) {
                break;
            }
        }
        return new Listed(messages, at);
    }

    private FormFields query() {
        return new FormFields()
                .add("platform", platform)
                .add("fields", "updated_time,messages.limit(" + LAST_MESSAGES + "){" + MESSAGE + "}");
    }
}
