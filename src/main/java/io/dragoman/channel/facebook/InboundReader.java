// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.facebook;

import io.dragoman.channel.meta.MetaPayload;
import io.dragoman.channel.meta.PublicThreads;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Structured;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is public on a page: comments on its posts, reels and advertisements, visitors' posts, reviews, and
 * mentions elsewhere: https://developers.facebook.com/docs/graph-api/webhooks/reference/page.
 */
record InboundReader(MetaPayload payload, String page) {
    static final Set<String> FIELDS = Set.of("feed", "mention", "ratings");
    static final Set<String> POSTS =
            Set.of("post", "status", "photo", "video", "share", "link", "album", "event", "note");
    static final Set<String> WRITTEN = Set.of("add", "edited", "edit");
    static final Set<String> REMOVED = Set.of("remove", "delete");

    void change(String field, JsonFields value, Instant at) {
        switch (field) {
            case "feed", "mention" -> item(field, value, at);
            case "ratings" -> review(value, at);
            default -> PageNews.field(payload, field);
        }
    }

    private void item(String field, JsonFields value, Instant at) {
        String item = value.word("item");
        String verb = value.word("verb");
        if (item == null || verb == null) {
            payload.unidentified();
        } else if (item.equals("comment")) {
            comment(field, verb, value, at);
        } else if (POSTS.contains(item)) {
            post(field, verb, value, at);
        } else {
            PageNews.item(payload, field, item);
        }
    }

    private void comment(String field, String verb, JsonFields value, Instant at) {
        String id = value.word("comment_id");
        String post = value.word("post_id");
        String parent = value.word("parent_id");
        boolean first = parent == null || parent.equals(post);
        String above = parent == null ? post : parent;
        if (page.equals(author(value)) && verb.equals("add") && id != null && above != null) {
            payload.add(PublicThreads.echoed("facebook", id, above, value.time("created_time", at), said(value)));
            return;
        }
        written(field, verb, value, at, id, first ? id : parent);
    }

    private void post(String field, String verb, JsonFields value, Instant at) {
        String id = value.word("post_id");
        written(field, verb, value, at, id, id);
    }

    private void written(
            String field, String verb, JsonFields value, Instant at, @Nullable String id, @Nullable String root) {
        if (id == null || root == null) {
            payload.unidentified();
        } else if (page.equals(author(value))) {
            payload.ignored(field + ".own", "the page wrote it");
        } else if (REMOVED.contains(verb)) {
            payload.add(new CustomerEvent.MessageDeleted(id + "|remove", PublicThreads.lane(root), at, id));
        } else if (!WRITTEN.contains(verb)) {
            PageNews.verb(payload, field, verb);
        } else if (verb.equals("add")) {
            String name = value.inner("from").word("name");
            payload.add(PublicThreads.received(
                    "facebook",
                    id,
                    root,
                    value.time("created_time", at),
                    author(value),
                    name == null ? value.word("sender_name") : name,
                    parts(field, value)));
        } else {
            String key = id + "|edit|" + at.toEpochMilli() + "|"
                    + String.valueOf(value.word("message")).hashCode();
            payload.add(new CustomerEvent.MessageEdited(key, PublicThreads.lane(root), at, id, parts(field, value)));
        }
    }

    private static @Nullable String author(JsonFields value) {
        String id = value.inner("from").word("id");
        return id == null ? value.word("sender_id") : id;
    }

    /** What the page wrote; a sticker is nothing of that. */
    private static List<Part> said(JsonFields value) {
        List<Part> said = content(value);
        return said.isEmpty() ? parts("feed", value) : said;
    }

    /** What was written, its pictures, and where. */
    private static List<Part> parts(String field, JsonFields value) {
        List<Part> all = new ArrayList<>(content(value));
        all.add(new Structured(
                field.equals("mention") ? "mention" : String.valueOf(value.word("item")),
                place(field, value),
                value.node()));
        return all;
    }

    private static List<Part> content(JsonFields value) {
        PartList parts = new PartList()
                .text(value.word("message"))
                .media(MediaKind.IMAGE, null, null, link(value, "photo"), null)
                .media(MediaKind.VIDEO, null, null, link(value, "video"), null);
        for (JsonFields photo : value.each("photos")) {
            if (photo.node().isTextual()) {
                parts.media(MediaKind.IMAGE, null, null, photo.node().asText(), null);
            }
        }
        return parts.parts();
    }

    /** The address of the item's picture or film; a picture of a post stands in its link. */
    private static @Nullable String link(JsonFields value, String kind) {
        String own = value.word(kind);
        return own == null && kind.equals(value.word("item")) ? value.word("link") : own;
    }

    private static String place(String field, JsonFields value) {
        JsonFields post = value.inner("post");
        boolean comment = "comment".equals(value.word("item"));
        String what = field.equals("mention")
                ? "Mentioned the page in a " + (comment ? "comment" : "post")
                : !comment
                        ? "Post on the page"
                        : "active".equals(post.word("promotion_status"))
                                ? "Comment on an advertised post"
                                : "Comment on a post";
        return Stream.of(what, post.word("permalink_url"))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("\n"));
    }

    private void review(JsonFields value, Instant at) {
        String id = value.word("open_graph_story_id");
        String verb = value.word("verb");
        if (id == null) {
            payload.unidentified();
        } else if ("comment".equals(value.word("item"))) {
            comment("ratings", verb == null ? "add" : verb, value, at);
        } else if (verb == null || verb.equals("add")) {
            List<Part> parts = new ArrayList<>(
                    new PartList().text(value.word("review_text")).parts());
            String word = value.word("recommendation_type");
            parts.add(new Structured("review", "Review of the page" + (word == null ? "" : ": " + word), value.node()));
            payload.add(PublicThreads.received(
                    "facebook",
                    id,
                    id,
                    value.time("created_time", at),
                    value.word("reviewer_id"),
                    value.word("reviewer_name"),
                    parts));
        } else {
            payload.ignored("ratings." + Ignored.word(verb), "nothing of what was written changed");
        }
    }
}
