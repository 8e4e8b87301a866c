// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import io.dragoman.connector.Account;
import io.dragoman.connector.Channel;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Transport;
import io.dragoman.connector.Webhook;
import io.dragoman.connector.WritesFirst;
import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A channel that carries short texts and nothing else, by one HTTP request each. What differs from this, such as limits
 * or a provider that knows our key, its connector overrides.
 */
public interface SmsChannel extends Channel, Webhook, WritesFirst {
    /** Ten short messages of the alphabet with the least room (3GPP TS 23.038), which every provider takes. */
    Limits LIMITS = Limits.text(670, Limits.Unit.SMS).build();

    /** What becomes of a message that is more than text. */
    Outcome NOT_TEXT = new Outcome.Refused(Reason.UNSUPPORTED, "a short message is text alone");

    /** The request that sends a text; {@code to} is the address that the customer wrote from. */
    HttpCall call(Account account, String to, String text);

    /** What the provider's answer means. */
    Outcome outcome(Response response);

    @Override
    default Outcome send(Account account, ToCustomer message, Transport transport) {
        return text(message)
                .map(text -> transport.attempt(call(account, message.address(), text), this::outcome))
                .orElse(NOT_TEXT);
    }

    /** The message as one text; empty when it is more than text. */
    static Optional<String> text(ToCustomer message) {
        if (!message.parts().stream().allMatch(Part.Text.class::isInstance)) {
            return Optional.empty();
        }
        return Optional.of(
                message.parts().stream().map(part -> ((Part.Text) part).text()).collect(Collectors.joining("\n")));
    }

    @Override
    default Sender recipient(Account account, String address) throws MalformedPayload {
        return SmsSender.person(address, account.find(SmsSender.COUNTRY)).sender();
    }

    @Override
    default Limits limits(Account account) {
        return LIMITS;
    }

    @Override
    default RetrySafety retrySafety() {
        return RetrySafety.NEITHER;
    }
}
