// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.SmsSender;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Hashes;
import io.dragoman.model.Part;
import io.dragoman.model.Words;
import io.dragoman.profile.Element;
import io.dragoman.profile.Expression;
import io.dragoman.profile.ProviderTime;
import io.dragoman.profile.Section;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where in a payload stands what a customer did to a message: changed or deleted their own, or reacted to any.
 *
 * @param what which of these it is
 * @param id of the message
 * @param content the new text, or the emoji; null where there is none
 * @param identity the type of the customer's identity where it is no phone number; null for a number
 */
record ChangeFields(
        What what,
        Expression when,
        Expression id,
        Expression from,
        @Nullable Expression at,
        @Nullable Expression content,
        @Nullable String identity) {
    enum What {
        EDITED,
        DELETED,
        REACTION
    }

    static ChangeFields edited(Section section, @Nullable String identity) {
        section.allow("when", "id", "from", "at", "text");
        return of(What.EDITED, section, section.needExpression("text", "It finds the new text."), identity);
    }

    static ChangeFields deleted(Section section, @Nullable String identity) {
        section.allow("when", "id", "from", "at");
        return of(What.DELETED, section, null, identity);
    }

    static ChangeFields reaction(Section section, @Nullable String identity) {
        section.allow("when", "id", "from", "at", "emoji");
        Expression emoji = section.needExpression("emoji", "It finds the emoji; without a value it was taken back.");
        return of(What.REACTION, section, emoji, identity);
    }

    private static ChangeFields of(
            What what, Section section, @Nullable Expression content, @Nullable String identity) {
        return new ChangeFields(
                what,
                section.needExpression("when", "It tells this from a message, such as event = 'edited'."),
                section.needExpression("id", "It finds the message's id, as the message itself had it."),
                section.needExpression("from", "It finds who did it."),
                section.expression("at"),
                content,
                identity);
    }

    /** Empty where the element is none of these. */
    Optional<CustomerEvent> read(Element element) throws MalformedPayload {
        return element.matches(when) ? Optional.of(event(element)) : Optional.empty();
    }

    private CustomerEvent event(Element element) throws MalformedPayload {
        String message = element.need(id);
        String who = element.need(from);
        String lane = identity == null ? SmsSender.of(who, element.country()).value() : who;
        String written = element.written(content).orElse("");
        String time = element.find(at).orElse(null);
        Instant moment = ProviderTime.read(time, element.receivedAt());
        String key = message + "|" + Words.of(what) + "|" + Hashes.sha256Hex(lane + "\n" + time + "\n" + written);
        return switch (what) {
            case EDITED -> new CustomerEvent.MessageEdited(key, lane, moment, message, List.of(new Part.Text(written)));
            case DELETED -> new CustomerEvent.MessageDeleted(key, lane, moment, message);
            case REACTION -> new CustomerEvent.Reaction(key, lane, moment, message, written);
        };
    }
}
