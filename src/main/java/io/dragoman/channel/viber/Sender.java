// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.viber;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Transport;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;
import io.dragoman.model.UnicodeText;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says one delivery step in Viber's words. */
final class Sender {
    private static final int FILE_NAME = 256;
    private static final int CONTACT_NAME = 28;

    private final Account account;
    private final Transport transport;

    Sender(Account account, Transport transport) {
        this.account = account;
        this.transport = transport;
    }

    Outcome send(ToCustomer message) {
        if (message.parts().size() != 1) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "a Viber message is one part");
        }
        ObjectNode body = Json.mapper().createObjectNode().put("receiver", message.address());
        body.put("min_api_version", 1).putObject("sender").put("name", account.get(Viber.SENDER));
        Outcome refused = part(message.parts().get(0), body);
        return refused == null
                ? transport.attempt(Viber.call(account, "/send_message", body), ErrorTable::outcome)
                : refused;
    }

    /** Writes a part; else why it cannot go. */
    private static @Nullable Outcome part(Part part, ObjectNode body) {
        if (part instanceof Part.Text text) {
            body.put("type", "text").put("text", text.text());
        } else if (part instanceof Part.Choices choices) {
            body.put("type", "text").put("text", choices.text());
            MessageContent.tracking(choices).ifPresent(tracked -> body.put("tracking_data", tracked));
            keyboard(choices, body.putObject("keyboard"));
        } else if (part instanceof Part.Location location) {
            body.put("type", "location")
                    .putObject("location")
                    .put("lat", location.latitude())
                    .put("lon", location.longitude());
        } else if (part instanceof Part.ContactCard card) {
            contact(card, body);
        } else if (part instanceof Part.Media media) {
            return media(media, body);
        } else {
            return new Outcome.Refused(Reason.UNSUPPORTED, "Viber has no such message");
        }
        return null;
    }

    private static void keyboard(Part.Choices choices, ObjectNode keyboard) {
        keyboard.put("Type", "keyboard").put("DefaultHeight", false);
        ArrayNode buttons = keyboard.putArray("Buttons");
        for (Part.Choice choice : choices.choices()) {
            buttons.addObject()
                    .put("Columns", 6)
                    .put("Rows", 1)
                    .put("ActionType", "reply")
                    .put("ActionBody", choice.title())
                    .put("Text", choice.title());
        }
    }

    /** Viber has no contact without a number: such a card goes as text. */
    private static void contact(Part.ContactCard card, ObjectNode body) {
        if (card.phones().isEmpty()) {
            String lines = Stream.concat(Stream.of(card.name()), card.emails().stream())
                    .filter(line -> !line.isBlank())
                    .collect(Collectors.joining("\n"));
            body.put("type", "text").put("text", lines);
        } else {
            body.put("type", "contact")
                    .putObject("contact")
                    .put("name", UnicodeText.cut(card.name().isBlank() ? "☎" : card.name(), CONTACT_NAME))
                    .put("phone_number", card.phones().get(0));
        }
    }

    private static @Nullable Outcome media(Part.Media media, ObjectNode body) {
        if (media.url() == null) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "Viber fetches media itself and needs a public link");
        }
        body.put("media", media.url());
        if (media.media() == MediaKind.IMAGE) {
            body.put("type", "picture").put("text", "");
            return null;
        }
        if (media.size() == null) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "Viber needs the attachment's size, which is not known");
        }
        body.put("size", media.size());
        if (media.media() == MediaKind.VIDEO) {
            body.put("type", "video");
        } else {
            String name = media.fileName();
            body.put("type", "file").put("file_name", UnicodeText.cut(name == null ? "file" : name, FILE_NAME));
        }
        return null;
    }
}
