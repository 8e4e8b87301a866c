// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.wechat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Reason;

/** Says one delivery step by a customer service message. */
final class Sender {
    private static final String PATH = "/cgi-bin/message/custom/send";

    private final WeChatApi api;

    Sender(WeChatApi api) {
        this.api = api;
    }

    Outcome send(ToCustomer message) {
        if (message.parts().size() != 1) {
            return new Outcome.Refused(Reason.UNSUPPORTED, "a WeChat message is one part");
        }
        ObjectNode body = Json.mapper().createObjectNode().put("touser", message.address());
        Part part = message.parts().get(0);
        if (part instanceof Part.Text text) {
            content(body, "text").put("content", text.text());
        } else if (part instanceof Part.Choices choices) {
            menu(choices, content(body, "msgmenu"));
        } else if (part instanceof Part.Media media) {
            return media(message, media, body);
        } else {
            return new Outcome.Refused(Reason.UNSUPPORTED, "WeChat has no such message");
        }
        return api.post(PATH, body);
    }

    private static void menu(Part.Choices choices, ObjectNode menu) {
        menu.put("head_content", choices.text());
        ArrayNode list = menu.putArray("list");
        for (Part.Choice choice : choices.choices()) {
            list.addObject().put("id", choice.id()).put("content", choice.title());
        }
        menu.put("tail_content", "");
    }

    private Outcome media(ToCustomer message, Part.Media media, ObjectNode body) {
        if (media.id() == null) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "the attachment has no bytes that could be uploaded");
        }
        Outcome uploaded = MediaUpload.of(api, media, media.id(), message.key());
        if (!(uploaded instanceof Outcome.Sent sent)) {
            return uploaded;
        }
        ObjectNode content = content(body, MediaUpload.type(media.media())).put("media_id", sent.externalId());
        if (media.media() == MediaKind.VIDEO) {
            // WeChat wants a picture for a film; its own example names the film
            content.put("thumb_media_id", sent.externalId());
        }
        return api.post(PATH, body);
    }

    private static ObjectNode content(ObjectNode body, String type) {
        return body.put("msgtype", type).putObject(type);
    }
}
