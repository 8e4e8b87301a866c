// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who wrote. Since 2026 a person is known by a business-scoped user id ({@code DE.88123}); those with a user name may
 * have no phone number that we see. An address is a phone number with a plus, a user id, or {@code group:} and a
 * group's id.
 */
final class Senders {
    static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.[A-Za-z0-9.]{1,132}");
    static final String GROUP = "group:";
    private static final Pattern PHONE = Pattern.compile("\\+?\\d{4,20}");

    private Senders() {}

    /** The sender of one message of {@code value}; null when it names none. */
    static CustomerEvent.@Nullable Sender of(JsonNode value, JsonNode message) {
        Person person = person(value, message);
        String group = LenientFields.word(message, "group_id");
        String address = group == null ? person.address() : GROUP + group;
        List<Identity> identities = person.identities();
        if (identities.isEmpty() || address == null) {
            return null;
        }
        return new CustomerEvent.Sender(address, identities, person.name, null);
    }

    /**
     * The sender of the notice that somebody has a new phone number: known by the old one, to be answered at the new
     * one. WhatsApp itself vouches that both are the same person.
     */
    static CustomerEvent.@Nullable Sender moved(JsonNode value, JsonNode message) {
        JsonNode system = message.path("system");
        Person before = person(value, message);
        Person after =
                new Person(LenientFields.word(system, "user_id"), phone(LenientFields.word(system, "wa_id")), null);
        List<Identity> identities = new ArrayList<>(before.identities());
        after.identities().stream().filter(one -> !identities.contains(one)).forEach(identities::add);
        String address = after.address() == null ? before.address() : after.address();
        return address == null ? null : new CustomerEvent.Sender(address, identities, before.name, null);
    }

    /** Where a status belongs: the address that its message went to, as far as the status tells. */
    static @Nullable String recipient(JsonNode status) {
        String recipient = LenientFields.word(status, "recipient_id");
        if (recipient != null && "group".equals(LenientFields.text(status, "recipient_type"))) {
            return GROUP + recipient;
        }
        return recipient == null ? LenientFields.word(status, "recipient_user_id") : phone(recipient);
    }

    private static Person person(JsonNode value, JsonNode message) {
        String from = LenientFields.word(message, "from");
        String userId = LenientFields.word(message, "from_user_id");
        if (from != null && USER_ID.matcher(from).matches()) {
            userId = userId == null ? from : userId;
            from = null;
        }
        String name = null;
        for (JsonNode contact : LenientFields.list(value, "contacts")) {
            String waId = LenientFields.word(contact, "wa_id");
            String contactId = LenientFields.word(contact, "user_id");
            boolean bothIds = userId != null && contactId != null;
            boolean same = bothIds
                    ? Objects.equals(userId, contactId)
                    : waId != null && from != null && Objects.equals(phone(waId), phone(from));
            if (same) {
                from = from == null ? waId : from;
                userId = userId == null ? contactId : userId;
                name = name(contact.path("profile"));
                break;
            }
        }
        return new Person(userId, phone(from), name);
    }

    private static @Nullable String name(JsonNode profile) {
        String name = LenientFields.word(profile, "name");
        String user = LenientFields.word(profile, "username");
        return name == null && user != null ? "@" + user : name;
    }

    /** With a plus when it is a phone number; whatever else it is stays as it is. */
    private static @Nullable String phone(@Nullable String waId) {
        return waId != null && PHONE.matcher(waId).matches() && !waId.startsWith("+") ? "+" + waId : waId;
    }

    private record Person(
            @Nullable String userId,
            @Nullable String phone,
            @Nullable String name) {
        /** The phone number where there is one: every version of the API delivers to it. */
        @Nullable
        String address() {
            return phone == null ? userId : phone;
        }

        List<Identity> identities() {
            List<Identity> identities = new ArrayList<>();
            if (userId != null) {
                identities.add(new Identity("whatsapp", userId, true));
            }
            if (phone != null) {
                identities.add(new Identity(phone.startsWith("+") ? "phone" : "whatsapp", phone, true));
            }
            return identities;
        }

        @Override
        public String toString() {
            return "Person[…]";
        }
    }
}
