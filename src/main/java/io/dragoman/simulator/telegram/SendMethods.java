// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.telegram.Chats.Chat;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The methods that send, as strict as the Bot API. */
final class SendMethods {
    private static final Map<String, String> MEDIA = Map.of(
            "photo", "image",
            "animation", "video",
            "video", "video",
            "audio", "audio",
            "voice", "audio",
            "document", "file",
            "sticker", "sticker");

    private final Chats chats;
    private final Consumer<Delivered> deliver;
    private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();

    SendMethods(Chats chats, Consumer<Delivered> deliver) {
        this.chats = chats;
        this.deliver = deliver;
    }

    /** The bytes that came with a message, by its id in {@link Delivered}. */
    Optional<byte[]> upload(String id) {
        return Optional.ofNullable(uploads.get(id));
    }

    /**
     * Sends.
     *
     * @param what the method's name after "send", in lower case
     */
    JsonNode send(String what, BotParameters form) throws BotApiError {
        Chat chat = chat(form);
        Optional<Chat> person = topic(chat, form);
        JsonNode reply = form.structure("reply_parameters");
        boolean replies = chat.message(reply.path("message_id").asLong()).isPresent();
        if (reply.isObject()
                && !replies
                && !reply.path("allow_sending_without_reply").asBoolean()) {
            throw new BotApiError(400, "Bad Request: message to be replied not found");
        }
        String content = content(what, form);
        JsonNode keyboard = form.structure("reply_markup");
        content += buttons(keyboard) + keys(keyboard, chat.id() > 0);
        ObjectNode message = chat.add(bot(), false);
        if (form.has("text")) {
            message.put("text", form.text("text"));
        }
        if (keyboard.isObject()) {
            message.set("reply_markup", keyboard);
        }
        if (replies) {
            message.putObject("reply_to_message")
                    .put("message_id", reply.path("message_id").asLong());
        }
        person.ifPresent(one -> TelegramSimulator.topic(message, one));
        String id = chat.id() + ":" + message.path("message_id").asLong();
        byte[] bytes = form.file(what);
        if (bytes != null) {
            uploads.put(id, bytes);
        }
        deliver.accept(new Delivered(person.orElse(chat).name(), id, content));
        return message;
    }

    /** In a channel's direct messages, whose topic a message is for; it must be told. */
    private Optional<Chat> topic(Chat chat, BotParameters form) throws BotApiError {
        if (!chat.direct()) {
            return Optional.empty();
        }
        return Optional.of(chats.find(form.number("direct_messages_topic_id"))
                .orElseThrow(() -> new BotApiError(400, "Bad Request: direct messages topic must be specified")));
    }

    /** The one answer to a guest's question. */
    JsonNode answerGuest(String customer, BotParameters form) throws BotApiError {
        JsonNode result = form.structure("result");
        String text = result.at("/input_message_content/message_text").asText("");
        if (result.path("type").asText("").isEmpty()
                || result.path("title").asText("").isBlank()
                || text.isBlank()) {
            throw new BotApiError(400, "Bad Request: can't parse inline query result");
        }
        atMost(4096, text, "message is too long");
        String id = "guest-" + form.text("guest_query_id");
        deliver.accept(new Delivered(customer, "inline:" + id, text + buttons(result.path("reply_markup"))));
        return BotParameters.JSON.createObjectNode().put("inline_message_id", id);
    }

    static ObjectNode bot() {
        return BotParameters.JSON
                .createObjectNode()
                .put("id", 7_000_000_000L)
                .put("is_bot", true)
                .put("first_name", "Bot");
    }

    private Chat chat(BotParameters form) throws BotApiError {
        if (!form.has("chat_id")) {
            throw new BotApiError(400, "Bad Request: chat_id is empty");
        }
        Optional<Chat> moved = chats.moved(form.number("chat_id"));
        if (moved.isPresent()) {
            throw new BotApiError(
                    400,
                    "Bad Request: group chat was upgraded to a supergroup chat",
                    moved.get().id());
        }
        Chat chat = chats.find(form.number("chat_id"))
                .orElseThrow(() -> new BotApiError(400, "Bad Request: chat not found"));
        if (!chat.started()) {
            throw new BotApiError(403, "Forbidden: bot can't initiate conversation with a user");
        }
        if (chat.blocked()) {
            throw new BotApiError(403, "Forbidden: bot was blocked by the user");
        }
        return chat;
    }

    private static String content(String what, BotParameters form) throws BotApiError {
        switch (what) {
            case "message" -> {
                String text = form.text("text");
                if (text.isBlank()) {
                    throw new BotApiError(400, "Bad Request: message text is empty");
                }
                atMost(4096, text, "message is too long");
                return text;
            }
            case "location", "venue" -> {
                if (!form.has("latitude") || !form.has("longitude")) {
                    throw new BotApiError(400, "Bad Request: latitude or longitude is empty");
                }
                if (what.equals("venue")
                        && (form.text("title").isBlank() || form.text("address").isBlank())) {
                    throw new BotApiError(400, "Bad Request: title or address is empty");
                }
                return "[location] " + form.text("latitude") + " " + form.text("longitude")
                        + (what.equals("venue") ? " " + form.text("title") : "");
            }
            case "contact" -> {
                if (form.text("phone_number").isBlank()
                        || form.text("first_name").isBlank()) {
                    throw new BotApiError(400, "Bad Request: phone_number or first_name is empty");
                }
                return "[contact] " + form.text("first_name") + " " + form.text("phone_number");
            }
            default -> {
                return media(what, form);
            }
        }
    }

    private static String media(String what, BotParameters form) throws BotApiError {
        String kind = MEDIA.get(what);
        if (kind == null) {
            throw new BotApiError(404, "Not Found: method not found");
        }
        byte[] bytes = form.file(what);
        if (bytes == null && !form.text(what).matches("(?i)https?://[^/]+/.*|file-\\d+")) {
            throw new BotApiError(400, "Bad Request: wrong file identifier/HTTP URL specified");
        }
        if (bytes != null && bytes.length == 0) {
            throw new BotApiError(400, "Bad Request: file must be non-empty");
        }
        if (bytes != null && bytes.length > (what.equals("photo") ? 10 << 20 : 50 << 20)) {
            throw new BotApiError(413, "Request Entity Too Large");
        }
        String caption = form.text("caption");
        atMost(1024, caption, "message caption is too long");
        return ("[" + kind + "] " + caption).strip();
    }

    private static String buttons(JsonNode keyboard) throws BotApiError {
        StringBuilder shown = new StringBuilder();
        for (JsonNode row : keyboard.path("inline_keyboard")) {
            for (JsonNode button : row) {
                int length = button.path("callback_data").asText("").getBytes(StandardCharsets.UTF_8).length;
                boolean link = button.path("url").asText("").matches("https?://[^/]+.*");
                if (button.path("text").asText("").isBlank() || (link ? length > 0 : length < 1 || length > 64)) {
                    throw new BotApiError(400, "Bad Request: BUTTON_DATA_INVALID");
                }
                shown.append(" [").append(button.path("text").asText()).append(']');
            }
        }
        return shown.toString();
    }

    /** The keys in place of the customer's own keyboard. */
    private static String keys(JsonNode keyboard, boolean personal) throws BotApiError {
        StringBuilder shown = new StringBuilder();
        for (JsonNode row : keyboard.path("keyboard")) {
            for (JsonNode key : row) {
                if (key.path("text").asText("").isBlank()) {
                    throw new BotApiError(400, "Bad Request: keyboard button text must be non-empty");
                }
                if (key.path("request_location").asBoolean() && !personal) {
                    throw new BotApiError(400, "Bad Request: location can be requested in private chats only");
                }
                shown.append(" [").append(key.path("text").asText()).append(']');
            }
        }
        return shown.toString();
    }

    /** Telegram counts UTF-16 units. */
    private static void atMost(int units, String text, String complaint) throws BotApiError {
        if (text.length() > units) {
            throw new BotApiError(400, "Bad Request: " + complaint);
        }
    }
}
