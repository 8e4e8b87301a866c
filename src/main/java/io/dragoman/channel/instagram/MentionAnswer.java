// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.instagram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.channel.meta.GraphApi;
import io.dragoman.channel.meta.PublicThreads;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers who mentioned the account in a post or comment of their own:
 * https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/mentions.
 */
final class MentionAnswer {
    private static final Pattern ROOT = Pattern.compile("mention_(\\d{1,64})(?:_(\\d{1,64}))?");

    private MentionAnswer() {}

    /** What a mention in a post, or in a comment below it, is known by. */
    static String root(String media, @Nullable String comment) {
        return "mention_" + media + (comment == null ? "" : "_" + comment);
    }

    static boolean isMention(String address) {
        return ROOT.matcher(PublicThreads.root(address)).matches();
    }

    static Outcome send(GraphApi api, String account, ToCustomer message) {
        Matcher place = ROOT.matcher(PublicThreads.root(message.address()));
        if (message.parts().size() != 1 || !(message.parts().get(0) instanceof Part.Text text) || !place.matches()) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "an answer to a mention is one text");
        }
        ObjectNode body =
                Json.mapper().createObjectNode().put("media_id", place.group(1)).put("message", text.text());
        if (place.group(2) != null) {
            body.put("comment_id", place.group(2));
        }
        return api.post(account + "/mentions", body, answer -> new Outcome.Sent(answer.word("id")));
    }
}
