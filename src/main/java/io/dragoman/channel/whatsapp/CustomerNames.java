// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.SmsSender;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
        @Nullable String parentId,
        @Nullable String phone,
        @Nullable String name) {
    static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.[A-Za-z0-9.]{1,132}");
    static final String GROUP = "group:";
    private static final String USER_ID_CHANGE = "user_changed_user_id";
    private static final Set<String> CHANGES = Set.of("user_changed_number", USER_ID_CHANGE);
    private static final Pattern PHONE = Pattern.compile("\\+?\\d{4,20}");

    /**
     * The sender of one message of {@code value}; null when it names none. Who tells of a new phone number or has a new
     * user id is known by the old ones and answered at the new one: WhatsApp itself vouches that all are one person.
     */
    static CustomerEvent.@Nullable Sender sender(JsonFields value, JsonFields message) {
        CustomerNames person =
                person(value, message.word("from"), message.word("from_user_id"), message.word("from_parent_user_id"));
        JsonFields system = message.inner("system");
        if (isChange(message)) {
            return changed(person, system);
        }
        String group = message.word("group_id");
        return person.sender(
                group == null || person.address() == null ? person.address() : GROUP + group, person.identities());
    }

    /** Whether WhatsApp says by this message that several identities are one person's. */
    static boolean isChange(JsonFields message) {
        return CHANGES.contains(String.valueOf(message.inner("system").word("type")));
    }

    private static CustomerEvent.@Nullable Sender changed(CustomerNames person, JsonFields system) {
        CustomerNames before =
                new CustomerNames(system.word("previous_user_id"), system.word("previous_parent_user_id"), null, null);
        CustomerNames after = new CustomerNames(
                system.word("user_id"), system.word("parent_user_id"), phone(system.word("wa_id")), null);
        boolean samePhone = after.phone == null && USER_ID_CHANGE.equals(system.word("type"));
        String address = samePhone && person.phone != null ? person.phone : after.address();
        List<Identity> all = Stream.of(before, person, after)
                .flatMap(one -> one.identities().stream())
                .distinct()
                .toList();
        return person.sender(address == null ? person.address() : address, all);
    }

    /** To whom the business wrote one message of {@code value}; null when it names nobody. */
    static CustomerEvent.@Nullable Sender receiver(JsonFields value, JsonFields echo) {
        CustomerNames person = person(value, echo.word("to"), echo.word("to_user_id"), echo.word("to_parent_user_id"));
        return person.sender();
    }

    /** A person to write to, by a phone number with its country. */
    static CustomerEvent.Sender recipient(String phone) throws MalformedPayload {
        String number = SmsSender.person(phone).value();
        return Objects.requireNonNull(new CustomerNames(null, null, number, null).sender());
    }

    /** Where a status belongs: the address that its message went to, as far as the status tells. */
    static @Nullable String recipient(JsonFields status) {
        String recipient = status.word("recipient_id");
        if (recipient != null && "group".equals(status.word("recipient_type"))) {
            return GROUP + recipient;
        }
        return recipient == null ? status.word("recipient_user_id") : phone(recipient);
    }

    /** Who is named by both a phone number and a user id in what became of a message to them: so a number is learnt. */
    static Optional<CustomerEvent.Sender> linked(JsonFields status) {
        boolean group = "group".equals(status.word("recipient_type"));
        String phone = phone(status.word("recipient_id"));
        String user = status.word("recipient_user_id");
        if (group
                || user == null
                || phone == null
                || !phone.startsWith("+")
                || !USER_ID.matcher(user).matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(new CustomerNames(user, null, phone, null).sender());
    }

    /**
     * Who a message went to, where the answer to it names them by a user id and a phone number; else nobody.
     *
     * @param sent what was sent, with the address by which the customer was known
     */
    static List<Identity> learnt(ObjectNode sent, JsonFields answer) {
        List<JsonFields> contacts = answer.each("contacts");
        if (contacts.size() != 1 || "group".equals(sent.path("recipient_type").asText())) {
            return List.of();
        }
        JsonFields contact = contacts.get(0);
        String known = sent.path("recipient").asText(null);
        String user = known == null ? contact.word("user_id") : known;
        String phone = phone(contact.word("wa_id"));
        boolean both = user != null && USER_ID.matcher(user).matches() && phone != null && phone.startsWith("+");
        return both ? new CustomerNames(user, null, phone, null).identities() : List.of();
    }

    /** By a user id, a phone number or both, and what {@code contacts} of {@code value} tell of who has them. */
    static CustomerNames person(
            JsonFields value, @Nullable String number, @Nullable String user, @Nullable String parent) {
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
                        parent == null ? contact.word("parent_user_id") : parent,
                        phone(from == null ? waId : from),
                        name == null && nick != null ? "@" + nick : name);
            }
        }
        return new CustomerNames(userId, parent, phone(from), null);
    }

    /** With a plus when it is a phone number; whatever else it is stays as it is. */
    private static @Nullable String phone(@Nullable String waId) {
        return waId != null && PHONE.matcher(waId).matches() && !waId.startsWith("+") ? "+" + waId : waId;
    }

    /** At the usual address; null when there is none. */
    CustomerEvent.@Nullable Sender sender() {
        return sender(address(), identities());
    }

    private CustomerEvent.@Nullable Sender sender(@Nullable String address, List<Identity> identities) {
        return address == null ? null : new CustomerEvent.Sender(address, identities, name, null);
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
        if (parentId != null) {
            identities.add(new Identity("whatsapp", parentId, true));
        }
        return identities;
    }

    @Override
    public String toString() {
        return "CustomerNames[…]";
    }
}
