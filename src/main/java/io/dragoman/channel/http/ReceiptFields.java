// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.connector.kit.SmsSender;
import io.dragoman.connector.kit.StatusWords;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Reason;
import io.dragoman.profile.Element;
import io.dragoman.profile.Expression;
import io.dragoman.profile.ProviderTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where in a payload the fate of a message of ours stands. What is null is not there.
 *
 * @param when whether it is a receipt at all; null for always
 * @param id of the message, as the answer to sending it had it
 * @param code of the provider's error
 * @param reasons what the codes mean
 * @param phone whether the recipient is a phone number
 */
record ReceiptFields(
        @Nullable Expression when,
        Expression id,
        Expression status,
        @Nullable Expression to,
        @Nullable Expression at,
        @Nullable Expression code,
        StatusWords words,
        ErrorCodes<String> reasons,
        boolean phone) {
    private static final String CODE = "[A-Za-z0-9_.:-]{1,64}";

    List<CustomerEvent> read(Element element) throws MalformedPayload {
        String id = element.need(this.id);
        String status = element.need(this.status);
        Optional<String> recipient = element.find(to);
        String lane = recipient.isEmpty()
                ? id
                : phone ? SmsSender.of(recipient.get(), element.country()).value() : recipient.get();
        Optional<String> error = element.find(code).filter(word -> word.matches(CODE) && !word.equals("0"));
        Reason reason =
                error.flatMap(reasons::find).map(ErrorCodes.Meaning::reason).orElse(null);
        return words.receipt(
                id,
                status,
                lane,
                ProviderTime.read(element.find(at).orElse(null), element.receivedAt()),
                reason,
                error.map(word -> " error " + word).orElse(" status " + status));
    }
}
