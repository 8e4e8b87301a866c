// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageEdited;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.model.Structured;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a post that mentions the account: all below one post is one conversation that everybody sees. */
record PostReader(String own, Instant now) {

    CustomerEvent read(JsonFields post, JsonFields includes) throws MalformedPayload {
        String id = XId.of(post, "id");
        String author = XId.of(post, "author_id");
        Instant at = post.time("created_at", now);
        if (author.equals(own)) {
            return own(post, includes, id, at);
        }
        String root = post.word("conversation_id");
        XPlace place = XPlace.post(root == null || !XId.is(root) ? id : root);
        Optional<JsonFields> user = user(includes, author);
        List<Part> parts =
                parts(post, includes, id, user.map(one -> one.word("username")).orElse(null));
        String former = firstVersion(post);
        if (former != null && !former.equals(id)) {
            return new MessageEdited("post:" + id, place.address(), at, former, parts);
        }
        String name = user.map(one -> one.word("name")).orElse(null);
        return new MessageReceived(
                "post:" + id,
                at,
                place.sender(author, name, country(post, includes)),
                id,
                parts,
                answered(post),
                place.threading(),
                null,
                null,
                null);
    }

    private CustomerEvent own(JsonFields post, JsonFields includes, String id, Instant at) {
        String former = firstVersion(post);
        if (former != null && !former.equals(id)) {
            return new Ignored("post:" + id, at, "post.own", "it changes what the account wrote");
        }
        String name = user(includes, String.valueOf(post.word("in_reply_to_user_id")))
                .map(one -> one.word("name"))
                .orElse(null);
        List<Part> said = content(post, includes);
        List<Part> parts = said.isEmpty() ? List.of(new Part.Unsupported("post", post.raw())) : said;
        return new EchoReader(own, id, at).post(post, answered(post), name, parts);
    }

    private static Optional<JsonFields> user(JsonFields includes, String id) {
        return includes.each("users").stream()
                .filter(one -> id.equals(one.word("id")))
                .findFirst();
    }

    /** Of a post that is tagged with a place, which few are. */
    private static @Nullable String country(JsonFields post, JsonFields includes) {
        String place = post.inner("geo").word("place_id");
        return includes.each("places").stream()
                .filter(one -> place != null && place.equals(one.word("id")))
                .flatMap(one -> Stream.ofNullable(one.word("country_code")))
                .filter(code -> code.matches("[A-Z]{2}"))
                .findFirst()
                .orElse(null);
    }

    /** An edited post is another post, which tells those before it. */
    private static @Nullable String firstVersion(JsonFields post) {
        List<JsonFields> versions = post.each("edit_history_tweet_ids");
        String first = versions.isEmpty() ? null : versions.get(0).node().asText();
        return first == null || !XId.is(first) ? null : first;
    }

    private static @Nullable String answered(JsonFields post) {
        return post.each("referenced_tweets").stream()
                .filter(one -> "replied_to".equals(one.word("type")))
                .flatMap(one -> Optional.ofNullable(one.word("id")).stream())
                .findFirst()
                .orElse(null);
    }

    private static List<Part> parts(JsonFields post, JsonFields includes, String id, @Nullable String username) {
        List<Part> all = new ArrayList<>(content(post, includes));
        boolean named = username != null && username.matches("\\w{1,50}");
        String address = "https://x.com/" + (named ? username : "i") + "/status/" + id;
        all.add(new Structured("mention", "Mentioned the account in a post\n" + address, post.node()));
        return all;
    }

    private static List<Part> content(JsonFields post, JsonFields includes) {
        JsonFields note = post.inner("note_tweet"); // the whole of a long one
        PartList parts = new PartList().text(XText.read(note.word("text") == null ? post : note, null));
        Set<String> keys = post.inner("attachments").each("media_keys").stream()
                .map(key -> key.node().asText())
                .collect(Collectors.toSet());
        includes.each("media").stream()
                .filter(media -> keys.contains(String.valueOf(media.word("media_key"))))
                .forEach(media -> DirectContent.media(media, parts));
        return parts.parts();
    }
}
