// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Json;
import java.time.Instant;

/** X: one event in a webhook; direct messages of one half of the customers, posts of the other. */
final class PostLine extends Line {
    PostLine(World world) {
        super(world, "x");
    }

    @Override
    void deliver(ObjectNode... events) {
        for (ObjectNode event : events) {
            taken(provider.signed(channel, Json.write(event)));
        }
    }

    @Override
    ObjectNode message(int customer, int id, String text, Instant at) {
        ObjectNode root = object();
        ObjectNode data = root.putObject("data").put("event_uuid", "-" + id);
        data.putObject("filter").put("user_id", "111");
        ObjectNode payload = data.putObject("payload");
        if (customer % 2 == 0) {
            data.put("event_type", "post.mention.create");
            payload.put("id", Integer.toString(id))
                    .put("author_id", "9" + customer)
                    .put("text", text);
            payload.put("conversation_id", "7" + customer).put("created_at", at.toString());
            return root;
        }
        data.put("event_type", "dm.received");
        ObjectNode event = payload.putArray("direct_message_events").addObject();
        event.put("type", "message_create").put("id", Integer.toString(id));
        event.put("created_timestamp", Long.toString(at.toEpochMilli()));
        ObjectNode create = event.putObject("message_create").put("sender_id", "9" + customer);
        create.putObject("message_data").put("text", text);
        return root;
    }
}
