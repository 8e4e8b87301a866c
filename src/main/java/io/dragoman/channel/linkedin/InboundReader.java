// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.linkedin;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageDeleted;
import io.dragoman.model.CustomerEvent.MessageEchoed;
import io.dragoman.model.CustomerEvent.MessageEdited;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Hashes;
import io.dragoman.model.Identity;
import io.dragoman.model.Ignored;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Structured;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads notifications of what people do with the posts of a page. A comment with all below it is one conversation, whoever
 * takes part, and so is a post that mentions the page. Of what somebody wrote, LinkedIn's own names differ by the action,
 * so they are read leniently; where a notification only points at a comment, the backfill brings it whole.
 *
 * @param organization the page's URN
 * @param fetches whether comments that a notification only points at are fetched
 */
record InboundReader(String organization, boolean fetches, Instant receivedAt) {
    /** Beside what LinkedIn tells: the comment itself, as it was fetched. */
    static final String FETCHED = "fetchedComment";

    private static final Set<String> COMMENTED = Set.of("COMMENT", "ADMIN_COMMENT");

    /** A page of its own in a request. */
    static List<CustomerEvent> read(Request request, String organization, boolean fetches) throws MalformedPayload {
        JsonFields root = JsonFields.of(request.body());
        if (!root.node().path("notifications").isArray()) {
            String type = root.word("type");
            String kind = type == null ? "unknown" : Ignored.word(type);
            if (type == null) {
                throw new MalformedPayload("notifications is missing: this tells of no page");
            }
            String key = "body:" + Hashes.sha256Hex(request.body());
            return List.of(new Ignored(key, request.receivedAt(), kind, "it tells of nothing that people wrote"));
        }
        InboundReader reader = new InboundReader(organization, fetches, request.receivedAt());
        Map<String, CustomerEvent> events = new LinkedHashMap<>();
        List<JsonFields> notifications = root.each("notifications");
        int odd = 0;
        for (JsonFields one : notifications) {
            String page = one.word("organizationalEntity");
            if (page == null) {
                odd++;
            } else if (page.equals(organization)) {
                Optional<CustomerEvent> event = reader.event(one);
                event.ifPresent(each -> events.putIfAbsent(each.key(), each));
                odd += event.isEmpty() ? 1 : 0;
            }
        }
        if (odd > 0) {
            throw new MalformedPayload(
                    odd + " of " + notifications.size() + " notifications name no page, action or comment",
                    List.copyOf(events.values()));
        }
        return List.copyOf(events.values());
    }

    /** What one notification means; nothing where it makes no sense. */
    Optional<CustomerEvent> event(JsonFields one) {
        String action = one.word("action");
        if (action == null) {
            return Optional.empty();
        }
        Instant at = one.time("lastModifiedAt", receivedAt);
        return switch (action) {
            case "COMMENT", "SHARE_MENTION", "COMMENT_EDIT", "COMMENT_DELETE" ->
                PublicUrn.of(one.word("generatedActivity")).map(urn -> written(action, urn, one, at));
            case "ADMIN_COMMENT" ->
                PublicUrn.of(one.word("generatedActivity"))
                        .filter(PublicUrn::isComment)
                        .map(urn -> written(action, urn, one, at))
                        .or(() -> ignored(one, at, action, "the page wrote it"));
            default -> ignored(one, at, Ignored.word(action), "nobody wrote anything");
        };
    }

    private Optional<CustomerEvent> ignored(JsonFields one, Instant at, String kind, String why) {
        return Optional.ofNullable(id(one)).map(id -> new Ignored(id, at, kind, why));
    }

    private static @Nullable String id(JsonFields one) {
        String id = one.word("notificationId");
        return id == null || !id.matches("[0-9A-Za-z_-]{1,64}") ? null : "notification:" + id;
    }

    private CustomerEvent written(String action, PublicUrn urn, JsonFields one, Instant at) {
        Written written = Written.of(one);
        String lane = written.root().orElse(urn).address();
        String key = key(action, urn, at);
        boolean own = action.equals("ADMIN_COMMENT") || organization.equals(written.author());
        if (own && !(COMMENTED.contains(action) && urn.isComment())) {
            return new Ignored(key, at, action + ".own", "the page wrote it");
        }
        if (action.equals("COMMENT_DELETE")) {
            return new MessageDeleted(key, lane, at, urn.text());
        }
        if (written.isGone()) {
            return new Ignored(key, at, action + ".gone", "it was deleted before it could be read");
        }
        if (written.text() == null && fetches && urn.isComment()) {
            String id = Objects.requireNonNullElse(id(one), key + "|reference"); // not the key of what comes
            return new Ignored(id, at, action + ".reference", "the next backfill brings it whole");
        }
        if (action.equals("COMMENT_EDIT")) {
            return new MessageEdited(key, lane, at, urn.text(), parts(action, urn, written));
        }
        return own ? echoed(action, urn, written, at) : received(action, urn, written, at);
    }

    /** The key of what happened to a comment or post at a time, whoever tells of it. */
    static String key(String action, PublicUrn urn, Instant at) {
        return switch (action) {
            case "COMMENT_EDIT" -> urn.text() + "|edit|" + at.toEpochMilli();
            case "COMMENT_DELETE" -> urn.text() + "|delete";
            default -> urn.text();
        };
    }

    private static MessageReceived received(String action, PublicUrn urn, Written written, Instant at) {
        PublicUrn root = written.root().orElse(urn);
        String author = written.author();
        Identity identity = author == null
                ? new Identity("linkedin", root.address(), false)
                : new Identity("linkedin", author, true);
        Sender sender = new Sender(root.address(), List.of(identity), null, null);
        Threading thread = new Threading(root.address(), null, List.of(), null);
        String above = root.equals(urn) ? null : root.text();
        return new MessageReceived(
                urn.text(), at, sender, urn.text(), parts(action, urn, written), above, thread, null, null, null);
    }

    /** What the page itself wrote stands below a comment, or below a post that mentions it; whose that is nobody tells. */
    private static MessageEchoed echoed(String action, PublicUrn urn, Written written, Instant at) {
        PublicUrn above = written.root().orElse(urn.itsPost());
        Identity nobody = new Identity("linkedin", above.address(), false);
        Sender customer = new Sender(above.address(), List.of(nobody), null, null);
        Threading thread = new Threading(above.address(), null, List.of(), null);
        String text = written.text();
        List<Part> parts = text == null ? parts(action, urn, written) : List.of(new Part.Text(text));
        return new MessageEchoed(urn.text(), at, customer, urn.text(), parts, thread, above.text());
    }

    /** What was written, and where. */
    private static List<Part> parts(String action, PublicUrn urn, Written written) {
        List<Part> parts = new ArrayList<>();
        String text = written.text();
        if (text != null) {
            parts.add(new Part.Text(text));
        }
        boolean mention = action.equals("SHARE_MENTION");
        String what = mention ? "Mentioned the page in a post" : "Comment on a post";
        parts.add(new Structured(
                mention ? "mention" : "comment",
                what + "\n" + urn.link(),
                Json.mapper().createObjectNode().put("urn", urn.text()).put("post", urn.post())));
        return parts;
    }

    /**
     * What a notification, or the comment that was fetched for it, says of what somebody wrote.
     *
     * @param root the comment that it stands below
     */
    private record Written(@Nullable String text, @Nullable String author, Optional<PublicUrn> root, boolean isGone) {
        static Written of(JsonFields one) {
            if (one.node().has(FETCHED)) {
                JsonFields comment = one.inner(FETCHED);
                return new Written(
                        comment.inner("message").word("text"),
                        comment.word("actor"),
                        PublicUrn.of(comment.word("parentComment")),
                        comment.node().isEmpty());
            }
            JsonFields decorated = one.inner("decoratedGeneratedActivity");
            JsonFields inner = Stream.of("comment", "share", "post")
                    .map(decorated::inner)
                    .filter(each -> each.node().isObject())
                    .findFirst()
                    .orElse(decorated);
            return new Written(
                    first(inner.word("text"), inner.inner("message").word("text"), inner.word("commentary")),
                    first(inner.word("owner"), inner.word("actor"), inner.word("author")),
                    PublicUrn.of(inner.word("parentComment")),
                    false);
        }

        private static @Nullable String first(@Nullable String... texts) {
            return Stream.of(texts).filter(Objects::nonNull).findFirst().orElse(null);
        }
    }
}
