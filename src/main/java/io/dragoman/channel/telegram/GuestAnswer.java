// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.model.Reason;
import io.dragoman.model.UnicodeText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answer to who called the bot into a chat that it is no member of: one text for each question, in the form of an
 * inline result. https://core.telegram.org/bots/api#answerguestquery
 */
final class GuestAnswer {
    private static final Pattern ASKED = Pattern.compile("[^?]*\\?([A-Za-z0-9_-]+):.*", Pattern.DOTALL);
    private static final int TITLE = 64;

    private GuestAnswer() {}

    /** The question that is answered: the one that the agent replied to, else the last one. */
    static String query(@Nullable String replyTo, ChatAddress address) {
        Matcher asked = ASKED.matcher(replyTo == null ? "" : replyTo);
        boolean here = replyTo != null && replyTo.startsWith(address.chat() + "?") && asked.matches();
        return here ? asked.group(1) : String.valueOf(address.guest());
    }

    static MessagePlan of(MessagePlan plan, String query) {
        if (!(plan instanceof MessagePlan.Step step)) {
            return plan;
        }
        if (!step.method().equals("sendMessage")) {
            return new MessagePlan.Never(
                    Reason.UNSUPPORTED, "a bot answers with text only where it is called as a guest");
        }
        String text = step.parameters().path("text").asText("");
        ObjectNode call = ApiClient.parameters().put("guest_query_id", query);
        ObjectNode result = call.putObject("result").put("type", "article").put("id", "1");
        result.put("title", UnicodeText.cut(text.strip(), TITLE));
        ObjectNode content = result.putObject("input_message_content").put("message_text", text);
        content.set("link_preview_options", step.parameters().path("link_preview_options"));
        JsonNode buttons = step.parameters().path("reply_markup");
        if (buttons.isObject()) {
            result.set("reply_markup", buttons);
        }
        return new MessagePlan.Step("answerGuestQuery", call, null);
    }
}
