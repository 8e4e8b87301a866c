// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.load;

import io.dragoman.bench.wire.HmacSha256;
import io.dragoman.bench.wire.Template;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A text message as WhatsApp posts it, filled in and signed anew for each message. The text ends in
 * {@code #customer.sequence.micros#}, which is what the desk checks and measures by. For one thread.
 */
final class Webhook {
    private final Template head;
    private final Template body;
    private final Template.Field signature;
    private final Template.Field customer;
    private final Template.Field sequence;
    private final Template.Field seconds;
    private final Template.Field micros;
    private final HmacSha256 hmac;

    /** For one connection. */
    Webhook(String host, String path, String secret) {
        body = new Template(resource("text.json").strip());
        head = new Template("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: facebookexternalua\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.bytes().length
                + "\r\nX-Hub-Signature-256: sha256=" + "X".repeat(64) + "\r\n\r\n");
        signature = head.field("X".repeat(64));
        customer = body.field("CCCCCCCC");
        sequence = body.field("SSSSSSSS");
        seconds = body.field("EEEEEEEEEE");
        micros = body.field("TTTTTTTTTTTTTTTT");
        hmac = new HmacSha256(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** The request's bytes; they are overwritten by the next. */
    ByteBuffer[] message(int ofCustomer, int number, long sentMicros) {
        customer.fill(ofCustomer);
        sequence.fill(number);
        seconds.fill(sentMicros / 1_000_000);
        micros.fill(sentMicros);
        signature.fill(HexFormat.of().formatHex(hmac.of(body.bytes())).getBytes(StandardCharsets.US_ASCII));
        return new ByteBuffer[] {ByteBuffer.wrap(head.bytes()), ByteBuffer.wrap(body.bytes())};
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Webhook.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
