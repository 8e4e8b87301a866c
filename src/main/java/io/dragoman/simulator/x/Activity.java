// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.x;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What happens on X: who there is, what they write, and the events that tell of it. Thread-safe. */
final class Activity {
    static final String OWN = "111";
    private static final String NAME = "shop";
    private static final long EPOCH = 1_288_834_974_657L;

    private final ObjectMapper json = new ObjectMapper();
    private final Clock clock;
    private final AtomicLong last = new AtomicLong();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Timeline messages = new Timeline();
    private final Timeline posts = new Timeline();

    Activity(Clock clock) {
        this.clock = clock;
    }

    Timeline messages() {
        return messages;
    }

    Timeline posts() {
        return posts;
    }

    String name(String id) {
        return names.getOrDefault(id, id);
    }

    String userId(String customer) {
        long hash = UUID.nameUUIDFromBytes(customer.getBytes(StandardCharsets.UTF_8))
                .getMostSignificantBits();
        String id = customer.matches("\\d{1,19}") ? customer : Long.toString(1_000_000_000L + (hash >>> 4));
        names.put(id, customer);
        return id;
    }

    String next() {
        long now = (clock.millis() - EPOCH) << 22;
        return Long.toString(last.updateAndGet(before -> Math.max(before + 1, now)));
    }

    private ObjectNode user(String id) {
        String name = names.getOrDefault(id, id);
        return json.createObjectNode()
                .put("id", id)
                .put("name", name)
                .put("username", id.equals(OWN) ? NAME : "user" + id);
    }

    ArrayNode users() {
        ArrayNode users = json.createArrayNode();
        names.keySet().forEach(id -> users.add(user(id)));
        return users;
    }

    ObjectNode activity(String type) {
        ObjectNode data =
                json.createObjectNode().put("event_uuid", "-" + next()).put("event_type", type);
        data.putObject("filter").put("user_id", OWN);
        return data.put("tag", "simulated");
    }

    ObjectNode mention(String customer, String text, @Nullable String answered) {
        String id = next();
        ObjectNode post = json.createObjectNode().put("id", id).put("text", escaped(text));
        post.put("author_id", userId(customer))
                .put("created_at", clock.instant().toString());
        post.putArray("edit_history_tweet_ids").add(id);
        String root = answered == null
                ? id
                : posts.find(answered)
                        .map(one -> one.path("conversation_id").asText())
                        .orElse(answered);
        post.put("conversation_id", root);
        if (answered != null) {
            post.putArray("referenced_tweets")
                    .addObject()
                    .put("type", "replied_to")
                    .put("id", answered);
        }
        posts.add(post);
        ObjectNode data = activity("post.mention.create");
        data.set("payload", post);
        data.putObject("includes").putArray("users").add(user(userId(customer)));
        return data;
    }

    /** The account answers a post of which X knows. */
    ObjectNode answer(ObjectNode answered, String text) {
        String id = next();
        String author = answered.path("author_id").asText();
        ObjectNode post = json.createObjectNode().put("id", id).put("text", escaped(text));
        post.put("author_id", OWN).put("created_at", clock.instant().toString());
        post.put("conversation_id", answered.path("conversation_id").asText()).put("in_reply_to_user_id", author);
        post.putArray("edit_history_tweet_ids").add(id);
        post.putArray("referenced_tweets")
                .addObject()
                .put("type", "replied_to")
                .put("id", answered.path("id").asText());
        posts.add(post);
        ObjectNode data = activity("post.create");
        data.set("payload", post);
        data.putObject("includes").putArray("users").add(user(author)).add(user(OWN));
        return data;
    }

    ObjectNode direct(String type, String from, String to, String text, @Nullable ObjectNode picture) {
        String id = next();
        ObjectNode listed =
                json.createObjectNode().put("id", id).put("text", escaped(text)).put("event_type", "MessageCreate");
        listed.put("sender_id", from).put("created_at", clock.instant().toString());
        String other = from.equals(OWN) ? to : from;
        listed.put("dm_conversation_id", OWN.compareTo(other) < 0 ? OWN + "-" + other : other + "-" + OWN);
        messages.add(listed);
        ObjectNode data = activity(type);
        ObjectNode payload = data.putObject("payload");
        ObjectNode event = payload.putArray("direct_message_events").addObject();
        event.put("type", "message_create").put("id", id).put("created_timestamp", Long.toString(clock.millis()));
        ObjectNode create = event.putObject("message_create").put("sender_id", from);
        create.putObject("target").put("recipient_id", to);
        ObjectNode message = create.putObject("message_data").put("text", escaped(text));
        message.putObject("entities").putArray("urls");
        if (picture != null) {
            message.putObject("attachment").put("type", "media").set("media", picture);
        }
        ObjectNode known = payload.putObject("users");
        known.putObject(from).set("data", user(from));
        known.putObject(to).set("data", user(to));
        return data;
    }

    /** As X writes texts. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
