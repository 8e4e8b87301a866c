// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.AgentTyping;
import io.dragoman.connector.FeedEntry;
import io.dragoman.connector.Outbound.ReadReceipt;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Conversation;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Structured;
import io.dragoman.model.SurveyAnswered;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What visitors read, as entries of their feed. Only what the widget shows is in it, and no way to fetch it but links. */
final class FeedContent {
    private FeedContent() {}

    /** The key of what a visitor wrote. */
    static String keyOf(String clientMsgId) {
        return "in:" + clientMsgId;
    }

    /** What a visitor wrote, so that their other tabs and the next visit show it too. */
    static Optional<FeedEntry> of(CustomerEvent event) {
        if (event instanceof SurveyAnswered answer) {
            return Optional.of(rated(answer));
        }
        if (!(event instanceof MessageReceived message)) {
            return Optional.empty();
        }
        String address = message.sender().address();
        String id = message.externalId().substring(address.length() + 1);
        ObjectNode json =
                Json.mapper().createObjectNode().put("type", message.automatic() == null ? "message" : "ended");
        json.put("id", id).put("from", "visitor");
        parts(json, message.parts());
        return Optional.of(new FeedEntry(address, keyOf(id), Json.write(json)));
    }

    static FeedEntry of(ToCustomer message) {
        ObjectNode json =
                Json.mapper().createObjectNode().put("type", "message").put("id", message.key());
        json.put("from", message.automatic() ? "automatic" : "agent");
        if (message.author() != null) {
            json.put("name", message.author());
        }
        parts(json, message.parts());
        return new FeedEntry(message.address(), "out:" + message.key(), Json.write(json));
    }

    /** What the visitor wrote has reached the desk. */
    static FeedEntry of(ReadReceipt receipt) {
        String id = receipt.externalId().substring(receipt.externalId().lastIndexOf('/') + 1);
        ObjectNode json =
                Json.mapper().createObjectNode().put("type", "received").put("id", id);
        return new FeedEntry(receipt.address(), "received:" + receipt.key(), Json.write(json));
    }

    /** The visitor's answer to the survey, for their other tabs and the next visit. */
    private static FeedEntry rated(SurveyAnswered answer) {
        ObjectNode json = Json.mapper().createObjectNode().put("type", "rated").put("id", answer.key());
        json.put("conversation", answer.conversation()).put("score", answer.score());
        if (answer.comment() != null) {
            json.put("comment", answer.comment());
        }
        return new FeedEntry(answer.address(), "rated:" + answer.key(), Json.write(json));
    }

    /** That the chat has ended, whoever ended it; the visitor's next message opens it again. */
    static FeedEntry closed(Conversation conversation, String cause) {
        ObjectNode json = Json.mapper().createObjectNode().put("type", "closed").put("id", "closed:" + cause);
        json.put("conversation", conversation.id());
        return new FeedEntry(conversation.address(), "closed:" + cause, Json.write(json));
    }

    /** Of the moment, so without a place in the feed. */
    static String of(AgentTyping typing) {
        ObjectNode json = Json.mapper().createObjectNode().put("type", "typing").put("typing", typing.typing());
        if (typing.author() != null) {
            json.put("name", typing.author());
        }
        return Json.write(json);
    }

    static Outcome publish(Account account, FeedEntry entry, @Nullable String externalId, Transport transport) {
        try {
            transport.publish(account, entry);
            return new Outcome.Sent(externalId);
        } catch (TransportFailure e) {
            return Outcome.of(e).repeatable();
        }
    }

    private static void parts(ObjectNode json, List<Part> parts) {
        ArrayNode shown = json.putArray("parts");
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                shown.addObject().put("type", "text").put("text", text.text());
            } else if (part instanceof Part.Media media) {
                media(shown.addObject(), media);
            } else if (part instanceof Part.Choices choices) {
                choices(shown.addObject(), choices);
            } else if (part instanceof Part.ChoiceMade made) {
                shown.addObject().put("type", "text").put("text", made.title());
            } else if (!(part instanceof Structured)) {
                shown.addObject().put("type", "text").put("text", "[" + part.type() + "]");
            }
        }
    }

    private static void media(ObjectNode shown, Part.Media media) {
        shown.put("type", "file").put("mimeType", media.mimeType());
        shown.put("name", media.fileName() == null ? "" : media.fileName());
        if (media.size() != null) {
            shown.put("size", media.size());
        }
        if (media.source() == null && media.url() != null) {
            shown.put("url", media.url());
        }
    }

    private static void choices(ObjectNode shown, Part.Choices choices) {
        shown.put("type", "choices").put("text", choices.text());
        ArrayNode list = shown.putArray("choices");
        choices.choices()
                .forEach(choice -> list.addObject().put("id", choice.id()).put("title", choice.title()));
    }
}
