// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says one delivery step by {@code chat.postMessage}, or shares its file. */
record Sender(ApiClient api) {
    Outcome send(ToCustomer message) {
        List<Part> parts = message.parts();
        boolean captioned =
                parts.size() == 2 && parts.get(0) instanceof Part.Media && parts.get(1) instanceof Part.Text;
        if (parts.size() != 1 && !captioned) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "a Slack message is one part, or a file and its text");
        }
        String caption = captioned ? SlackText.write(((Part.Text) parts.get(1)).text()) : "";
        if (parts.get(0) instanceof Part.Media media && media.id() != null) {
            return new FileUpload(api).send(media, SlackPlace.of(message), caption);
        }
        ObjectNode body = SlackPlace.of(message);
        body.put("unfurl_links", false); // a preview would make Slack fetch whatever address an agent quotes
        body.putObject("metadata")
                .put("event_type", SentMessages.MARK)
                .putObject("event_payload")
                .put("key", message.key());
        Outcome refused = part(parts.get(0), caption, body);
        return refused == null
                ? api.transport().attempt(api.json("chat.postMessage", body), ErrorTable::outcome)
                : refused;
    }

    /** Writes a part; else why it cannot go. */
    private static @Nullable Outcome part(Part part, String caption, ObjectNode body) {
        if (part instanceof Part.Text text) {
            body.put("text", SlackText.write(text.text()));
        } else if (part instanceof Part.Choices choices) {
            body.put("text", SlackText.write(choices.text()));
            choices(choices, body.putArray("blocks"));
        } else if (part instanceof Part.Media media && media.url() != null) {
            body.put("text", (caption + "\n" + SlackText.write(media.url())).strip());
        } else if (part instanceof Part.Media) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "the media has neither bytes nor a link");
        } else {
            return new Outcome.Refused(Reason.UNSUPPORTED, "Slack has no such message");
        }
        return null;
    }

    private static void choices(Part.Choices choices, ArrayNode blocks) {
        ObjectNode question = blocks.addObject().put("type", "section").putObject("text");
        question.put("type", "mrkdwn").put("text", SlackText.write(choices.text()));
        ArrayNode buttons = blocks.addObject().put("type", "actions").putArray("elements");
        for (Part.Choice choice : choices.choices()) {
            ObjectNode button = buttons.addObject().put("type", "button");
            button.put("action_id", "choice-" + buttons.size()).put("value", choice.id());
            button.putObject("text").put("type", "plain_text").put("text", choice.title());
        }
    }
}
