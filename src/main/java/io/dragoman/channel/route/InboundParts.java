// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.route;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartTable;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Media;
import java.util.List;

/** The {@code parts} that a route hands in: those that customers can send, in the form in which ours go out. */
final class InboundParts {
    private static final PartTable TABLE = new PartTable(
            "customers", List.of("text", "media", "location", "contact", "choice", "card", "carousel", "structured"));

    private InboundParts() {}

    static List<Part> read(JsonFields message) throws MalformedPayload {
        return TABLE.read(message).stream()
                .map(part -> part.withAttachments(InboundParts::toFetch))
                .toList();
    }

    private static Media toFetch(Media media) {
        String source = media.source() == null ? media.url() : media.source(); // an address, or a place in the request
        return new Media(
                media.media(), media.mimeType(), media.fileName(), media.size(), source, null, null, media.voice());
    }
}
