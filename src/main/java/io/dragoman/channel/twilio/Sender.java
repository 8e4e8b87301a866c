// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.kit.FormFields;
import io.dragoman.connector.kit.PublicUrls;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.model.TemplateButton;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message as the form that Twilio's Messages resource takes. Made, filled and used by one thread. */
final class Sender {
    /** The most media in one MMS. */
    private static final int MOST_MEDIA = 10;

    private final FormFields form = new FormFields();
    private final List<String> body = new ArrayList<>();
    private final TwilioAddress to;
    private int media;
    private final @Nullable String from;
    private boolean template;
    private Outcome.@Nullable Refused refusal;

    Sender(Account account, Outbound.ToCustomer message) {
        TwilioAddress customer = TwilioAddress.of(message.address());
        Optional<TwilioAddress> sender = account.find(Twilio.FROM).map(TwilioAddress::of);
        Optional<String> service = account.find(Twilio.MESSAGING_SERVICE_SID);
        to = sender.map(customer::reachedBy).orElse(customer);
        form.add("To", to.text());
        from = sender.map(one -> one.inChannelOf(to))
                .filter(one -> one.scheme().equals(to.scheme()) || service.isEmpty()) // the service has another sender
                .map(TwilioAddress::text)
                .orElse(null);
        if (from != null) {
            form.add("From", from);
            if (!TwilioAddress.of(from).scheme().equals(to.scheme())) {
                refuse(
                        Reason.ACCOUNT_BLOCKED,
                        "the sender \"from\" is of another channel than the customer: set messagingServiceSid to a service"
                                + " that has a sender for " + to.channel());
            }
        }
        service.ifPresent(sid -> form.add("MessagingServiceSid", sid));
        form.add("StatusCallback", PublicUrls.callback(account));
        account.find(Twilio.VALIDITY_PERIOD)
                .ifPresent(period -> form.add("ValidityPeriod", String.valueOf(Math.max(1, period.toSeconds()))));
        message.parts().forEach(this::add);
        if (!body.isEmpty()) {
            form.add("Body", text());
        } else if (media == 0 && !template) {
            refuse(Reason.CONTENT_REFUSED, "the message is empty");
        }
    }

    /** The encoded form. */
    HttpCall.Body form() {
        return form.body();
    }

    TwilioAddress to() {
        return to;
    }

    /** The sender; null when a messaging service picks it. */
    @Nullable
    String from() {
        return from;
    }

    /** The words. */
    String text() {
        return String.join("\n", body);
    }

    /** Whether Twilio makes the words itself. */
    boolean isTemplate() {
        return template;
    }

    /** Why Twilio cannot take the message; null when it can. */
    Outcome.@Nullable Refused refusal() {
        return refusal;
    }

    private void add(Part part) {
        if (part instanceof Part.Text text) {
            if (!text.text().isEmpty()) {
                body.add(text.text());
            }
        } else if (part instanceof Part.Media one) {
            add(one);
        } else if (part instanceof Part.Template one) {
            add(one);
        } else if (part instanceof Part.Location place && to.isWhatsapp()) {
            add(place);
        } else {
            refuse(Reason.UNSUPPORTED, "Twilio cannot show a part of this kind");
        }
    }

    private void add(Part.Media one) {
        if (one.url() == null) {
            refuse(Reason.MEDIA_REFUSED, "Twilio fetches media itself and needs a public link");
        } else if (++media > (to.isWhatsapp() ? 1 : MOST_MEDIA)) {
            refuse(Reason.MEDIA_REFUSED, "too many media in one message");
        } else {
            form.add("MediaUrl", one.url());
        }
    }

    /** Twilio's templates are objects of its Content API: the name is the SID, the language is part of the object. */
    private void add(Part.Template one) {
        if (!one.name().matches("HX[0-9a-zA-Z]+")) {
            refuse(Reason.CONTENT_REFUSED, "the name of a template must be its Content SID, HX…");
            return;
        }
        if (TemplateButton.orHeader(one)) {
            refuse(
                    Reason.CONTENT_REFUSED,
                    "template: Twilio numbers all its values, those of header and buttons too: give them as parameters");
            return;
        }
        template = true;
        form.add("ContentSid", one.name());
        Map<String, String> variables = new LinkedHashMap<>();
        one.parameters().forEach(value -> variables.put(String.valueOf(variables.size() + 1), value));
        if (!variables.isEmpty()) {
            form.add("ContentVariables", Json.write(variables));
        }
    }

    private void add(Part.Location place) {
        String point = plain(place.latitude()) + "," + plain(place.longitude());
        String name = place.name() != null ? place.name() : place.address() != null ? place.address() : point;
        String label = place.address() != null ? place.address() : name;
        body.add(name); // Twilio refuses a location without a body, and shows it as the place's name
        form.add("PersistentAction", "geo:" + point + "|" + label.replace('|', ' '));
    }

    private static String plain(double degrees) {
        return BigDecimal.valueOf(degrees).toPlainString();
    }

    private void refuse(Reason reason, String detail) {
        refusal = refusal == null ? new Outcome.Refused(reason, detail) : refusal;
    }
}
