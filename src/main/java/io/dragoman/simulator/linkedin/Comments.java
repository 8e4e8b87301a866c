// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.linkedin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The comments below one post and the notifications of them, as the API shows them. Thread-safe. */
final class Comments {
    static final String POST = "urn:li:activity:7012345678901234567";
    static final String ORGANIZATION = "urn:li:organization:4242";

    private final Map<String, Comment> comments = new ConcurrentHashMap<>();
    private final List<ObjectNode> notifications = new ArrayList<>();

    /** @param parent the id of the comment that it stands below; null for none */
    record Comment(
            String id, String actor, String text, @Nullable String parent, long at) {
        String urn() {
            return Comments.urn(id);
        }

        ObjectNode json() {
            ObjectNode json = object().put("id", id)
                    .put("commentUrn", urn())
                    .put("actor", actor)
                    .put("object", POST);
            json.putObject("message").put("text", text).putArray("attributes");
            json.putObject("created").put("time", at).put("actor", actor);
            if (parent != null) {
                json.put("parentComment", Comments.urn(parent));
            }
            return json;
        }

        /** As a notification has it. */
        ObjectNode decorated() {
            ObjectNode json = object().put("entity", urn()).put("owner", actor).put("text", text);
            if (parent != null) {
                json.put("parentComment", Comments.urn(parent));
            }
            return json;
        }
    }

    static String urn(String id) {
        return "urn:li:comment:(" + POST + "," + id + ")";
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    void add(Comment comment) {
        comments.put(comment.id(), comment);
    }

    Optional<Comment> find(String id) {
        return Optional.ofNullable(comments.get(id));
    }

    void remove(String id) {
        comments.remove(id);
    }

    synchronized void notified(ObjectNode notification) {
        notifications.add(0, notification);
    }

    /** A page of the notifications, the newest first. */
    synchronized ObjectNode page(int start, int count) {
        ObjectNode page = object();
        int from = Math.min(start, notifications.size());
        List<ObjectNode> some = notifications.subList(from, Math.min(from + count, notifications.size()));
        some.forEach(page.putArray("elements")::add);
        page.putObject("paging").put("start", start).put("count", count).put("total", notifications.size());
        return page;
    }
}
