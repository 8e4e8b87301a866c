// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.instagram;

import io.dragoman.channel.meta.MetaPayload;
import io.dragoman.channel.meta.PublicThreads;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.model.Structured;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what is public on Instagram: comments on posts, reels and live videos, and mentions elsewhere:
 * https://developers.facebook.com/docs/instagram-platform/webhooks.
 */
record InboundReader(MetaPayload payload, String own) {
    static final Set<String> FIELDS = Set.of("comments", "live_comments", "mentions");
    static final Map<String, String> IGNORED = Map.of(
            "story_insights", "it is about who saw a story",
            "messaging_handover", "it says which app answers, and standby brings what customers write",
            "messaging_optins", "it comes with conversations, and nothing is sent by a token of it",
            "business_login", "it is about the account, not a customer");

    void change(String field, JsonFields value, Instant at) {
        switch (field) {
            case "comments", "live_comments" -> comment(field, value, at);
            case "mentions" -> mention(value, at);
            default ->
                payload.ignored(
                        "field." + Ignored.word(field),
                        IGNORED.getOrDefault(field, "this version does not know what it is"));
        }
    }

    private void comment(String field, JsonFields value, Instant at) {
        String id = value.word("id");
        JsonFields from = value.inner("from");
        String text = value.word("text");
        if (id == null) {
            payload.unidentified();
        } else if (own.equals(from.word("id")) || from.has("self_ig_scoped_id")) {
            payload.ignored("comment.own", "the business wrote it");
        } else {
            String parent = value.word("parent_id");
            List<Part> parts = new ArrayList<>();
            if (text != null) {
                parts.add(new Part.Text(text));
            }
            parts.add(new Structured("comment", place(field, value), value.node()));
            String name = from.word("username");
            payload.add(PublicThreads.received(
                    "instagram",
                    id,
                    parent == null ? id : parent,
                    at,
                    from.word("id"),
                    name == null ? null : "@" + name,
                    parts));
        }
    }

    private static String place(String field, JsonFields value) {
        JsonFields media = value.inner("media");
        String kind = media.word("media_product_type");
        String where = field.equals("live_comments")
                ? "Comment on a live video"
                : "AD".equals(kind) || media.has("ad_id") ? "Comment on an advertisement" : "Comment on a post";
        return media.word("ad_title") == null ? where : where + ": " + media.word("ad_title");
    }

    /** Somebody wrote the account's name; of what they wrote Instagram tells only where it is. */
    private void mention(JsonFields value, Instant at) {
        String media = value.word("media_id");
        String comment = value.word("comment_id");
        if (media == null) {
            payload.unidentified();
        } else {
            String id = MentionAnswer.root(media, comment);
            String text = comment == null ? "Mentioned the business in a post" : "Mentioned the business in a comment";
            payload.add(PublicThreads.received(
                    "instagram", id, id, at, null, null, List.of(new Structured("mention", text, value.node()))));
        }
    }
}
