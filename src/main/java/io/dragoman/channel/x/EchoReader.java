// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageEchoed;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Identity;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the account itself wrote, by X's own app or by us: a direct message, or an answer to a post. */
record EchoReader(String own, String id, Instant at) {

    /** A direct message names who gets it, or the conversation of the two, or that of several. */
    CustomerEvent direct(JsonFields event, JsonFields users) {
        String conversation = event.word("dm_conversation_id");
        String to = event.inner("message_create").inner("target").word("recipient_id");
        String customer = other(to == null || to.equals(own) ? conversation : to);
        if (conversation != null && XId.is(conversation)) {
            return echo("dm:" + id, nobody(XPlace.of(conversation, own)), DirectContent.of(event), null);
        }
        if (customer == null) {
            return new Ignored("dm:" + id, at, "dm.own", "the account wrote it, and whom to is not told");
        }
        XPlace place = XPlace.direct(customer);
        Sender person = place.sender(customer, InboundReader.name(users.inner(customer)));
        return echo("dm:" + id, new Addressed(place, person), DirectContent.of(event), null);
    }

    /** Who of a conversation of two is not the account; null for nobody. */
    private @Nullable String other(@Nullable String conversation) {
        return conversation == null
                ? null
                : Stream.of(conversation.split("-", -1))
                        .filter(XId::is)
                        .filter(user -> !user.equals(own))
                        .findFirst()
                        .orElse(null);
    }

    /**
     * A post belongs to the public conversation below the post at which that began.
     *
     * @param answered the post that it answers
     * @param name of the customer whose post it answers
     */
    CustomerEvent post(JsonFields post, @Nullable String answered, @Nullable String name, List<Part> parts) {
        String root = post.word("conversation_id");
        if (answered == null || root == null || !XId.is(root) || root.equals(id)) {
            return new Ignored("post:" + id, at, "post.own", "the account wrote it, and in answer to nobody");
        }
        XPlace place = XPlace.post(root);
        String customer = other(post.word("in_reply_to_user_id"));
        Addressed to = customer == null ? nobody(place) : new Addressed(place, place.sender(customer, name));
        return echo("post:" + id, to, parts, answered);
    }

    /** To whom, and where. */
    private record Addressed(XPlace place, Sender customer) {}

    /** To whoever takes part there. */
    private static Addressed nobody(XPlace place) {
        Identity nobody = new Identity("x", place.address(), false);
        return new Addressed(place, new Sender(place.address(), List.of(nobody), null, null));
    }

    private MessageEchoed echo(String key, Addressed to, List<Part> parts, @Nullable String answered) {
        return new MessageEchoed(key, at, to.customer(), id, parts, to.place().threading(), answered);
    }
}
