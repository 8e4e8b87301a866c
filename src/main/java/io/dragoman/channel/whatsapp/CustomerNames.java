// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who wrote. Since 2026 a person is known by a business-scoped user id ({@code DE.88123}); those with a user name may
 * have no phone number that we see. An address is a phone number with a plus, a user id, or {@code group:} and a
 * group's id.
 */
record CustomerNames(
        @Nullable String userId,
        @Nullable String phone,
        @Nullable String name) {
    static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.[A-Za-z0-9.]{1,132}");
    static final String GROUP = "group:";
    private static final Pattern PHONE = Pattern.compile("\\+?\\d{4,20}");

    /**
     * The sender of one message of {@code value}; null when it names none. Who tells of a new phone number is known by
     * the old one and answered at the new one: WhatsApp itself vouches that both are the same person.
     */
    static CustomerEvent.@Nullable Sender sender(JsonFields value, JsonFields message) {
        CustomerNames person = person(value, message.word("from"), message.word("from_user_id"));
        JsonFields system = message.inner("system");
        String group = message.word("group_id");
        if ("user_changed_number".equals(system.word("type"))) {
            CustomerNames after = new CustomerNames(system.word("user_id"), phone(system.word("wa_id")), null);
            return person.sender(after.address() == null ? person.address() : after.address(), after.identities());
        }
        return person.sender(group == null || person.address() == null ? person.address() : GROUP + group, List.of());
    }

    /** To whom the business wrote one message of {@code value}; null when it names nobody. */
    static CustomerEvent.@Nullable Sender receiver(JsonFields value, JsonFields echo) {
        CustomerNames person = person(value, echo.word("to"), echo.word("to_user_id"));
        return person.sender(person.address(), List.of());
    }

    /** Where a status belongs: the address that its message went to, as far as the status tells. */
    static @Nullable String recipient(JsonFields status) {
        String recipient = status.word("recipient_id");
        if (recipient != null && "group".equals(status.word("recipient_type"))) {
            return GROUP + recipient;
        }
        return recipient == null ? status.word("recipient_user_id") : phone(recipient);
    }

    private static CustomerNames person(JsonFields value, @Nullable String number, @Nullable String user) {
        String from = number;
        String userId = user;
        if (from != null && USER_ID.matcher(from).matches()) {
            userId = userId == null ? from : userId;
            from = null;
        }
        for (JsonFields contact : value.each("contacts")) {
            String waId = contact.word("wa_id");
            String contactId = contact.word("user_id");
            boolean same = (userId != null && contactId != null)
                    ? userId.equals(contactId)
                    : waId != null && from != null && Objects.equals(phone(waId), phone(from));
            if (same) {
                String name = contact.inner("profile").word("name");
                String nick = contact.inner("profile").word("username");
                return new CustomerNames(
                        userId == null ? contactId : userId,
                        phone(from == null ? waId : from),
                        name == null && nick != null ? "@" + nick : name);
            }
        }
        return new CustomerNames(userId, phone(from), null);
    }

    /** With a plus when it is a phone number; whatever else it is stays as it is. */
    private static @Nullable String phone(@Nullable String waId) {
        return waId != null && PHONE.matcher(waId).matches() && !waId.startsWith("+") ? "+" + waId : waId;
    }

    private CustomerEvent.@Nullable Sender sender(@Nullable String address, List<Identity> more) {
        List<Identity> all =
                Stream.concat(identities().stream(), more.stream()).distinct().toList();
        return address == null ? null : new CustomerEvent.Sender(address, all, name, null);
    }

    /** The phone number where there is one: every version of the API delivers to it. */
    private @Nullable String address() {
        return phone == null ? userId : phone;
    }

    private List<Identity> identities() {
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
        return "CustomerNames[…]";
    }
}
