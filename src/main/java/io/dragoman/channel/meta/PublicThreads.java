// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.model.CustomerEvent.MessageEchoed;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Identity;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is written in public: a comment with all below it is one conversation, whoever takes part, and so is a post. Its
 * address is {@code public:} and the id of what an answer goes below.
 */
public final class PublicThreads {
    private static final String PUBLIC = "public:";
    private static final String ID = "[A-Za-z0-9_]{1,128}";

    private PublicThreads() {}

    /**
     * Somebody wrote in public.
     *
     * @param kind of the channel, which is the type of its identities
     * @param root the comment or post that everything of the conversation stands below
     * @param author the id of who wrote; null where Meta does not tell
     */
    public static MessageReceived received(
            String kind,
            String id,
            String root,
            Instant at,
            @Nullable String author,
            @Nullable String name,
            List<Part> parts) {
        Identity identity = author == null ? nobody(kind, root) : new Identity(kind, author, true);
        Sender sender = new Sender(PUBLIC + root, List.of(identity), name, null);
        String above = root.equals(id) ? null : root;
        return new MessageReceived(id, at, sender, id, parts, above, thread(root), null, null, null);
    }

    /** The business itself wrote below a comment or post; Meta does not tell whose that is. */
    public static MessageEchoed echoed(String kind, String id, String root, Instant at, List<Part> parts) {
        Sender customer = new Sender(PUBLIC + root, List.of(nobody(kind, root)), null, null);
        return new MessageEchoed(id, at, customer, id, parts, thread(root), root);
    }

    private static Identity nobody(String kind, String root) {
        return new Identity(kind, PUBLIC + root, false);
    }

    private static Threading thread(String root) {
        return new Threading(PUBLIC + root, null, List.of(), null);
    }

    /** The lane of what is written below a comment or post, which is its address too. */
    public static String lane(String root) {
        return PUBLIC + root;
    }

    /** Whether an address is that of something public. */
    public static boolean isPublic(String address) {
        return address.startsWith(PUBLIC);
    }

    /** What everything at a public address stands below. */
    public static String root(String address) {
        return address.substring(PUBLIC.length());
    }

    /** A public answer is a text, and may be given at any time. */
    public static Limits limits(int text) {
        return Limits.text(text, Limits.Unit.UTF_16).build();
    }

    /**
     * Answers.
     *
     * @param edge Meta's word for what stands below a comment: {@code comments} or {@code replies}
     * @param owner the id of the page or account that writes
     */
    public static Outcome answer(GraphApi api, ToCustomer message, String edge, String owner, CommentAnswers where) {
        if (message.parts().size() != 1 || !(message.parts().get(0) instanceof Part.Text text)) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "a public answer is one text");
        }
        String root = root(message.address());
        if (!root.matches(ID)) {
            return new Outcome.Refused(Reason.RECIPIENT_UNKNOWN, "it has no id at Meta that can be answered");
        }
        String answered = message.replyTo();
        String comment = answered != null && answered.matches(ID) ? answered : root;
        ObjectNode body = Json.mapper().createObjectNode();
        if (where == CommentAnswers.PRIVATE) {
            body.putObject("recipient").put("comment_id", comment);
            body.putObject("message").put("text", text.text()).put("metadata", MessagingReader.MARK + message.key());
            return api.post(owner + "/messages", body, answer -> new Outcome.Sent(answer.word("message_id")));
        }
        body.put("message", text.text());
        return api.post(root + "/" + edge, body, answer -> new Outcome.Sent(answer.word("id")));
    }
}
