// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.ReceivedForm;
import io.dragoman.connector.kit.SmsSender;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A party as Twilio writes it: {@code +4917000} for SMS, {@code rcs:+4917000}, {@code whatsapp:+4917000}, or
 * {@code whatsapp:DE.1234} for a WhatsApp user who shows no number.
 *
 * @param scheme in lower case, without the colon; empty for SMS
 */
record TwilioAddress(String scheme, String value) {
    static final String WHATSAPP = "whatsapp";
    static final String RCS = "rcs";

    private static final Pattern PHONE = Pattern.compile("\\+[0-9]{4,15}");

    static TwilioAddress of(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new TwilioAddress("", text.strip())
                : new TwilioAddress(
                        text.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        text.substring(colon + 1).strip());
    }

    String text() {
        return scheme.isEmpty() ? value : scheme + ":" + value;
    }

    /** Its channel, for the operator. */
    String channel() {
        return scheme.isEmpty() ? "SMS" : scheme.matches("[a-z]{1,20}") ? scheme : "that channel";
    }

    boolean isSms() {
        return scheme.isEmpty();
    }

    boolean isWhatsapp() {
        return scheme.equals(WHATSAPP);
    }

    boolean isRcs() {
        return scheme.equals(RCS);
    }

    boolean isPhone() {
        return PHONE.matcher(value).matches();
    }

    /** The same sender in the channel of {@code other}: one number can serve SMS and WhatsApp. */
    TwilioAddress inChannelOf(TwilioAddress other) {
        boolean both = (isSms() || isWhatsapp()) && (other.isSms() || other.isWhatsapp());
        return both && isPhone() ? new TwilioAddress(other.scheme, value) : this;
    }

    /** The same person in the channel of a sender: a phone that takes RCS takes SMS too, and the other way round. */
    TwilioAddress reachedBy(TwilioAddress sender) {
        boolean both = (isSms() || isRcs()) && (sender.isSms() || sender.isRcs());
        return both && isPhone() ? new TwilioAddress(sender.scheme, value) : this;
    }

    /**
     * A person to write to.
     *
     * @param text a number, with its channel or without
     * @param own the account's sender, whose channel a number without one gets
     */
    static CustomerEvent.Sender recipient(String text, Optional<TwilioAddress> own) throws MalformedPayload {
        TwilioAddress given = of(text);
        TwilioAddress person = given.isSms() && own.isPresent() && given.isPhone()
                ? new TwilioAddress(own.get().scheme, given.value)
                : given;
        if (!person.isPhone() || !(person.isSms() || person.isWhatsapp() || person.isRcs())) {
            throw new MalformedPayload(SmsSender.PERSON);
        }
        return new CustomerEvent.Sender(person.text(), person.identities(ReceivedForm.parse("")), null, null);
    }

    /** What the sender of {@code form}, which this is, is known by. */
    List<Identity> identities(ReceivedForm form) {
        if (isSms()) {
            return List.of(new SmsSender(value).identity());
        }
        List<Identity> identities = new ArrayList<>();
        if (isWhatsapp()) {
            userId(form).ifPresent(id -> identities.add(new Identity(WHATSAPP, id, true)));
        }
        phone(form).ifPresent(phone -> identities.add(new Identity("phone", phone, true)));
        if (isWhatsapp()) {
            form.find("ParentExternalUserId")
                    .map(id -> of(id).value())
                    .filter(id -> !id.isBlank())
                    .ifPresent(id -> identities.add(new Identity(WHATSAPP, id, true)));
        }
        return identities.isEmpty() ? List.of(new Identity(scheme, value, true)) : identities;
    }

    /** The id that a WhatsApp user has for this business, with or without a number to show. */
    private Optional<String> userId(ReceivedForm form) {
        return form.find("ExternalUserId")
                .map(id -> of(id).value())
                .or(() -> Optional.of(value))
                .filter(id -> !id.isBlank() && !PHONE.matcher(id).matches());
    }

    private Optional<String> phone(ReceivedForm form) {
        return isPhone()
                ? Optional.of(value)
                : form.find("WaId").map(id -> "+" + id.strip()).filter(id -> PHONE.matcher(id)
                        .matches());
    }

    @Override
    public String toString() {
        return "Address[" + scheme + "]";
    }
}
