// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Transport;
import io.dragoman.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A form with one file (RFC 7578), streamed: the file is never whole in memory. */
final class Multipart {
    private Multipart() {}

    /**
     * A body.
     *
     * @param key of the delivery: what separates the parts is made from it, so that no file can hold it by design
     */
    static HttpCall.Body body(String key, ObjectNode parameters, MessagePlan.Upload upload, Transport transport)
            throws IOException {
        String boundary = "dragoman-" + HexFormat.of().formatHex(hash(key)).substring(0, 40);
        byte[] before = head(boundary, parameters, upload).getBytes(StandardCharsets.UTF_8);
        byte[] after = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        long size;
        try (InputStream file = transport.open(upload.id())) {
            size = file.transferTo(OutputStream.nullOutputStream());
        }
        return new HttpCall.Body(
                "multipart/form-data; boundary=" + boundary,
                before.length + size + after.length,
                () -> new SequenceInputStream(Collections.enumeration(List.of(
                        new ByteArrayInputStream(before),
                        transport.open(upload.id()),
                        new ByteArrayInputStream(after)))));
    }

    private static byte[] hash(String key) {
        return Signature.hmac("HmacSHA256", new byte[] {1}, key.getBytes(StandardCharsets.UTF_8));
    }

    private static String head(String boundary, ObjectNode parameters, MessagePlan.Upload upload) {
        StringBuilder head = new StringBuilder();
        for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
            JsonNode value = parameter.getValue();
            head.append("--").append(boundary).append("\r\n");
            head.append("Content-Disposition: form-data; name=\"")
                    .append(parameter.getKey())
                    .append("\"\r\n\r\n");
            head.append(value.isContainerNode() ? Json.write(value) : value.asText())
                    .append("\r\n");
        }
        head.append("--").append(boundary).append("\r\n");
        head.append("Content-Disposition: form-data; name=\"")
                .append(upload.field())
                .append("\"; filename=\"")
                .append(fileName(upload.fileName()))
                .append("\"\r\n");
        head.append("Content-Type: ").append(type(upload.mimeType())).append("\r\n\r\n");
        return head.toString();
    }

    /** A name that cannot end the header it stands in. */
    private static String fileName(@Nullable String name) {
        String safe =
                name == null ? "" : name.replaceAll("[\\p{Cntrl}\"\\\\/]+", "_").strip();
        return safe.isEmpty() ? "file" : safe;
    }

    private static String type(String mimeType) {
        return mimeType.matches("[A-Za-z0-9!#$&^_.+-]{1,100}/[A-Za-z0-9!#$&^_.+-]{1,100}")
                ? mimeType
                : "application/octet-stream";
    }
}
