// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route.modem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.kit.SmsText;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import io.dragoman.model.Words;
import io.dragoman.route.Unsendable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The route JSON of docs/routes.md, as far as short messages have use for it. */
final class RouteJson {
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9*#]{1,20}");
    /** As many parts as the number of a part goes to, and smsd and gammu-smsd take. */
    private static final int MOST_PARTS = 50;

    /** Of the files of one message, in bytes. */
    static final int LARGEST = 1_000_000;

    private RouteJson() {}

    /** A text or bytes that somebody sent. */
    static byte[] message(Exchange exchange, String id, @Nullable String from, @Nullable String text, byte[] bytes) {
        ObjectNode message = Json.mapper().createObjectNode();
        message.put("id", id).put("at", modified(exchange).toString());
        if (from != null) {
            message.put("from", from);
        }
        if (text != null) {
            message.put("text", text);
        } else {
            message.putArray("parts")
                    .addObject()
                    .put("type", "media")
                    .put("mimeType", "application/octet-stream")
                    .put("fileName", "sms.bin")
                    .put("data", Base64.getEncoder().encodeToString(bytes));
        }
        return Json.bytes(message);
    }

    /** What became of a message that went out. */
    static byte[] receipt(String message, boolean delivered, @Nullable Reason reason, @Nullable String detail) {
        ObjectNode receipt = Json.mapper().createObjectNode();
        receipt.put("type", "receipt").put("message", message).put("status", delivered ? "delivered" : "failed");
        if (reason != null) {
            receipt.put("reason", Words.of(reason));
        }
        if (detail != null) {
            receipt.put("detail", detail);
        }
        return Json.bytes(receipt);
    }

    /** The file was written when the message came, by the clock of this machine. */
    private static Instant modified(Exchange exchange) {
        Long modified = exchange.getMessage().getHeader(Exchange.FILE_LAST_MODIFIED, Long.class);
        return Instant.ofEpochMilli(modified == null ? exchange.getClock().getCreated() : modified);
    }

    /** A file of a spool folder, whole. Much larger ones are no short messages, and could take all memory. */
    static byte[] content(InputStream stream) throws IOException {
        byte[] content = stream.readNBytes(LARGEST + 1);
        if (content.length > LARGEST) {
            throw new IOException(
                    "the file is larger than " + LARGEST + " bytes, as no short message is: take it away");
        }
        return content;
    }

    static byte[] content(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return content(stream);
        }
    }

    /** Ends an exchange, well, whose file says nothing to the gateway. */
    static Object nothing(Exchange exchange) {
        exchange.setRouteStop(true);
        return "";
    }

    /** A message that goes out, to a number, in at most {@value #MOST_PARTS} parts. */
    record Text(String id, String to, String text) {
        @Override
        public String toString() {
            return "Text[" + id + "]";
        }

        /** @throws Unsendable when no modem could send it */
        static Text of(Exchange exchange, Object body) throws IOException, Unsendable {
            byte[] json = exchange.getContext().getTypeConverter().convertTo(byte[].class, exchange, body);
            if (json == null) {
                throw new IOException("the body is no JSON of a message: marshal what route:<channel> gives");
            }
            JsonNode message = Json.tree(json);
            String to = message.path("to").asText();
            String text = message.path("text").asText();
            if (!NUMBER.matcher(to).matches()) {
                throw new Unsendable(Reason.RECIPIENT_UNKNOWN, "a name, such as a shop's as sender, takes no answers");
            } else if (text.isEmpty()) {
                throw new Unsendable(Reason.UNSUPPORTED, "the message has no text, and a modem sends texts alone");
            } else if (SmsText.segments(text) > MOST_PARTS) {
                throw new Unsendable(
                        Reason.TOO_LARGE,
                        "the text takes " + SmsText.segments(text) + " short messages, but " + MOST_PARTS
                                + " is the most");
            }
            return new Text(message.path("id").asText(), to, text);
        }
    }
}
