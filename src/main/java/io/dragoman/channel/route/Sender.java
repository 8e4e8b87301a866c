// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.route;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Participant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the route JSON, version 1, of docs/routes.md, for the operator's route that takes our messages out. */
final class Sender {
    private static final Limits WORDS =
            Limits.text(Integer.MAX_VALUE, Limits.Unit.UTF_16).build();

    private Sender() {}

    /**
     * A message, or one step of a long one.
     *
     * @param id the same for every attempt: what the route should recognise a repetition by
     * @param to the customer's address, as it came in {@code from}
     * @param text what all parts but media say in words, for a route that knows nothing else
     * @param parts the message's parts, as a desk sees them
     * @param cc who gets it beside the customer
     */
    record RouteMessage(
            int version,
            String type,
            String id,
            String to,
            String conversation,
            String text,
            List<Part> parts,
            @Nullable String replyTo,
            @Nullable String subject,
            @Nullable String author,
            boolean automatic,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Participant> cc) {
        @Override
        public String toString() {
            return "RouteMessage[" + id + "]";
        }
    }

    static byte[] write(ToCustomer message) {
        return Json.bytes(new RouteMessage(
                1,
                "message",
                message.key(),
                message.address(),
                message.conversation(),
                words(message.parts()),
                message.parts(),
                message.replyTo(),
                message.subject(),
                message.author(),
                message.automatic(),
                Stream.concat(message.alsoTo().stream(), message.cc().stream()).toList()));
    }

    private static String words(List<Part> parts) {
        return Rendering.plan(WORDS, parts, media -> null).steps().stream()
                .flatMap(List::stream)
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .collect(Collectors.joining("\n"));
    }
}
