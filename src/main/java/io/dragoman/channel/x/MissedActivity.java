// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Request;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What X lists of direct messages or mentions, newest first, in the form of the webhooks that they would have been, with
 * the same ids. The first page is small: what was there before is paid for too, once a day.
 */
abstract class MissedActivity {
    private static final int FIRST = 10;
    private static final int MORE = 100;
    /** Less than what X allows in a quarter of an hour. */
    private static final int PAGES = 12;

    final String own;

    MissedActivity(Account account) {
        own = account.get(XSettings.USER_ID);
    }

    /**
     * What was found.
     *
     * @param newest where the next look goes on: where this one began, when it did not get through
     */
    record Found(List<Request> requests, long newest) {
        @Override
        public String toString() {
            return "Found[" + requests.size() + "]";
        }
    }

    /** The address of a page. */
    abstract String path(long since, int most, @Nullable String page);

    /** The key of its event; empty where it is none. */
    abstract Optional<String> key(JsonFields one);

    /** The event that would have been posted. */
    abstract ObjectNode event(JsonFields one, JsonFields includes);

    final Found since(long since, PaidPages pages, Instant now) throws TransportFailure {
        List<Request> missed = new ArrayList<>();
        long newest = since;
        String next = null;
        for (int page = 0; page < PAGES; page++) {
            int most = page == 0 ? FIRST : MORE;
            Optional<JsonFields> answer = pages.read(path(since, most, next), most);
            if (answer.isEmpty()) {
                return found(missed, since);
            }
            boolean through = true;
            for (JsonFields one : answer.get().each("data")) {
                String id = one.word("id");
                long number = id == null || !XId.is(id) ? 0 : Long.parseLong(id);
                newest = Math.max(newest, number);
                through = number <= since;
                if (!through) {
                    wanted(one, answer.get().inner("includes"), pages, now).ifPresent(missed::add);
                }
            }
            next = answer.get().inner("meta").word("next_token");
            if (through || next == null) {
                return found(missed, newest);
            }
        }
        pages.problem("X lists more than is asked for at once: older ones are not read");
        return found(missed, newest);
    }

    private static Found found(List<Request> missed, long newest) {
        Collections.reverse(missed);
        return new Found(missed, newest);
    }

    private Optional<Request> wanted(JsonFields one, JsonFields includes, PaidPages pages, Instant now) {
        return key(one).filter(key -> !pages.context().taken(key))
                .map(key -> Request.backfilled(key.replace(':', '/'), Json.bytes(event(one, includes)), now));
    }

    final ObjectNode envelope(String type) {
        ObjectNode root = Json.mapper().createObjectNode();
        root.putObject("data").put("event_type", type).putObject("filter").put("user_id", own);
        return root;
    }

    static String encoded(String token) {
        return java.net.URLEncoder.encode(token, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Direct messages of the last thirty days. */
    static final class Direct extends MissedActivity {
        Direct(Account account) {
            super(account);
        }

        @Override
        String path(long since, int most, @Nullable String page) {
            return "/2/dm_events?max_results=" + most + "&event_types=MessageCreate"
                    + "&dm_event.fields=id,created_at,sender_id,dm_conversation_id,attachments,entities"
                    + "&expansions=sender_id,attachments.media_keys&user.fields=name,username"
                    + "&media.fields=url,type,variants" + (page == null ? "" : "&pagination_token=" + encoded(page));
        }

        @Override
        Optional<String> key(JsonFields one) {
            return Optional.ofNullable(one.word("id"))
                    .filter(id -> one.has("sender_id") && XId.is(id))
                    .map(id -> "dm:" + id);
        }

        @Override
        ObjectNode event(JsonFields one, JsonFields includes) {
            String sender = String.valueOf(one.word("sender_id"));
            boolean sent = sender.equals(own);
            ObjectNode root = envelope(sent ? "dm.sent" : "dm.received");
            ObjectNode payload = ((ObjectNode) root.path("data")).putObject("payload");
            ObjectNode event = payload.putArray("direct_message_events").addObject();
            event.put("type", "message_create").put("id", one.word("id"));
            event.put("created_timestamp", one.word("created_at"));
            event.put("dm_conversation_id", one.word("dm_conversation_id"));
            ObjectNode create = event.putObject("message_create").put("sender_id", sender);
            if (!sent) { // to whom the account wrote, the conversation's id tells
                create.putObject("target").put("recipient_id", own);
            }
            ObjectNode data = create.putObject("message_data").put("text", one.word("text"));
            if (one.has("entities")) {
                data.set("entities", one.node().path("entities"));
            }
            media(one, includes)
                    .ifPresent(media ->
                            data.putObject("attachment").put("type", "media").set("media", media));
            ObjectNode users = payload.putObject("users");
            for (String id : (sender + "-" + one.word("dm_conversation_id")).split("-", -1)) {
                user(includes, id).ifPresent(user -> users.putObject(id).set("data", user));
            }
            return root;
        }
    }

    /** Posts that mention the account. */
    static final class Mentions extends MissedActivity {
        Mentions(Account account) {
            super(account);
        }

        @Override
        String path(long since, int most, @Nullable String page) {
            return "/2/users/" + own + "/mentions?max_results=" + most + "&since_id=" + since
                    + "&tweet.fields=created_at,author_id,conversation_id,referenced_tweets,entities,attachments,"
                    + "edit_history_tweet_ids,note_tweet,geo"
                    + "&expansions=author_id,attachments.media_keys,geo.place_id&user.fields=name,username"
                    + "&place.fields=country_code"
                    + "&media.fields=url,type,variants" + (page == null ? "" : "&pagination_token=" + encoded(page));
        }

        @Override
        Optional<String> key(JsonFields one) {
            boolean written = !own.equals(one.word("author_id"));
            return Optional.ofNullable(one.word("id"))
                    .filter(id -> written && XId.is(id))
                    .map(id -> "post:" + id);
        }

        @Override
        ObjectNode event(JsonFields one, JsonFields includes) {
            ObjectNode root = envelope("post.mention.create");
            ObjectNode data = (ObjectNode) root.path("data");
            data.set("payload", one.node());
            ObjectNode named = data.putObject("includes");
            ArrayNode users = named.putArray("users");
            user(includes, String.valueOf(one.word("author_id"))).ifPresent(users::add);
            ArrayNode media = named.putArray("media");
            attached(one, includes).forEach(media::add);
            ArrayNode places = named.putArray("places");
            includes.each("places").forEach(place -> places.add(place.node()));
            return root;
        }
    }

    private static Optional<JsonNode> media(JsonFields one, JsonFields includes) {
        return attached(one, includes).stream().findFirst();
    }

    private static List<JsonNode> attached(JsonFields one, JsonFields includes) {
        Set<String> keys = one.inner("attachments").each("media_keys").stream()
                .map(key -> key.node().asText())
                .collect(Collectors.toSet());
        return includes.each("media").stream()
                .filter(media -> keys.contains(String.valueOf(media.word("media_key"))))
                .map(JsonFields::node)
                .toList();
    }

    private static Optional<JsonNode> user(JsonFields includes, String id) {
        return includes.each("users").stream()
                .filter(user -> id.equals(user.word("id")))
                .map(JsonFields::node)
                .findFirst();
    }
}
