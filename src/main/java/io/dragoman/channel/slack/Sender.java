// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Says one delivery step by {@code chat.postMessage}. */
final class Sender {
    private final Account account;
    private final Transport transport;

    Sender(Account account, Transport transport) {
        this.account = account;
        this.transport = transport;
    }

    Outcome send(ToCustomer message) {
        if (message.parts().size() != 1) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "a Slack message is one part");
        }
        String[] place = message.address().split("/", 2);
        ObjectNode body = Json.mapper().createObjectNode().put("channel", place[0]);
        if (place.length > 1) {
            body.put("thread_ts", place[1]);
        }
        body.put("unfurl_links", false); // a preview would make Slack fetch whatever address an agent quotes
        Outcome refused = part(message.parts().get(0), body);
        URI base = account.get(Slack.BASE_URL);
        HttpCall call = HttpCall.post(URI.create(base + "/chat.postMessage"), HttpCall.Body.json(Json.bytes(body)))
                .bearer(account.get(Slack.BOT_TOKEN))
                .trusting(base);
        return refused == null ? transport.attempt(call, ErrorTable::outcome) : refused;
    }

    /** Writes a part; else why it cannot go. */
    private static @Nullable Outcome part(Part part, ObjectNode body) {
        if (part instanceof Part.Text text) {
            body.put("text", SlackText.write(text.text()));
        } else if (part instanceof Part.Choices choices) {
            body.put("text", SlackText.write(choices.text()));
            choices(choices, body.putArray("blocks"));
        } else if (part instanceof Part.Media media && media.url() != null) {
            String name = media.fileName() == null ? "picture" : media.fileName();
            body.put("text", SlackText.write(name));
            body.putArray("blocks")
                    .addObject()
                    .put("type", "image")
                    .put("image_url", media.url())
                    .put("alt_text", name);
        } else if (part instanceof Part.Media) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "Slack fetches pictures itself and needs a public link");
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
