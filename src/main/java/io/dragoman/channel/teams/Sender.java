// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.teams;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Transport;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says one delivery step by an activity. Text goes as plain text: nothing in it becomes a mention or markup. */
final class Sender {
    private final Account account;
    private final Transport transport;

    Sender(Account account, Transport transport) {
        this.account = account;
        this.transport = transport;
    }

    Outcome send(ToCustomer message) {
        if (message.parts().size() != 1) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "a Teams message is one part");
        }
        Optional<TeamsPlace> place = TeamsPlace.of(account, message.address());
        if (place.isEmpty()) {
            return new Outcome.Refused(
                    Reason.RECIPIENT_UNKNOWN, "the conversation's connector is no host of Teams that is known");
        }
        ObjectNode activity = Json.mapper().createObjectNode().put("type", "message");
        activity.putObject("from").put("id", Teams.botId(account));
        Outcome refused = part(message.parts().get(0), activity);
        if (refused != null) {
            return refused;
        }
        Optional<String> person = place.get().toBeOpened();
        return person.isPresent() ? open(place.get().service(), person.get(), activity) : post(place.get(), activity);
    }

    /** Opens the chat with a person, which is the same one each time, and sends it there. */
    private Outcome open(URI service, String person, ObjectNode activity) {
        ObjectNode chat =
                Json.mapper().createObjectNode().put("isGroup", false).put("tenantId", account.get(Teams.TENANT_ID));
        chat.putObject("bot").put("id", Teams.botId(account));
        chat.putArray("members").addObject().put("id", person);
        chat.putObject("channelData").putObject("tenant").put("id", account.get(Teams.TENANT_ID));
        Outcome opened =
                call(service + "/v3/conversations", chat, Sender::opened).repeatable();
        return opened instanceof Outcome.Sent sent && sent.externalId() != null
                ? post(new TeamsPlace(sent.externalId(), service), activity)
                : opened;
    }

    private static Outcome opened(Response answer) {
        String id = answer.json().path("id").asText("");
        return !answer.ok()
                ? ErrorTable.outcome(answer)
                : id.isBlank() || id.chars().anyMatch(Character::isWhitespace)
                        ? new Outcome.Retry(Reason.PROVIDER_DOWN, "Teams opened a chat and does not name it")
                        : new Outcome.Sent(id);
    }

    private Outcome post(TeamsPlace place, ObjectNode activity) {
        activity.putObject("conversation").put("id", place.conversation());
        String chat = URLEncoder.encode(place.conversation(), StandardCharsets.UTF_8);
        return call(
                place.service() + "/v3/conversations/" + chat + "/activities",
                activity,
                answer -> outcome(place, answer));
    }

    private Outcome call(String target, ObjectNode body, Function<Response, Outcome> answered) {
        HttpCall call = HttpCall.post(URI.create(target), HttpCall.Body.json(Json.bytes(body)))
                .trusting(account.get(Teams.BASE_URL));
        return transport.tokens().attempt(Teams.credentials(account), transport, call, answered);
    }

    private static Outcome outcome(TeamsPlace place, Response answer) {
        if (!answer.ok()) {
            return ErrorTable.outcome(answer);
        }
        String id = answer.json().path("id").asText("");
        return new Outcome.Sent(id.isBlank() ? null : place.id(id));
    }

    /** Writes a part; else why it cannot go. */
    private static @Nullable Outcome part(Part part, ObjectNode activity) {
        if (part instanceof Part.Text text) {
            activity.put("textFormat", "plain").put("text", text.text());
        } else if (part instanceof Part.Choices choices) {
            activity.put("summary", choices.text());
            attachment(activity, "application/vnd.microsoft.card.adaptive").set("content", ChoiceCard.of(choices));
        } else if (part instanceof Part.Media media && media.url() != null) {
            ObjectNode picture = attachment(activity, media.mimeType()).put("contentUrl", media.url());
            if (media.fileName() != null) {
                picture.put("name", media.fileName());
            }
        } else if (part instanceof Part.Media) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "Teams fetches pictures itself and needs a public link");
        } else {
            return new Outcome.Refused(Reason.UNSUPPORTED, "Teams has no such message");
        }
        return null;
    }

    private static ObjectNode attachment(ObjectNode activity, String type) {
        ArrayNode attachments = activity.putArray("attachments");
        return attachments.addObject().put("contentType", type);
    }
}
