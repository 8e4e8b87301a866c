// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import java.util.List;

/**
 * One address of a person, valid within the channel it was seen on.
 *
 * @param type {@code whatsapp}, {@code phone}, {@code telegram}, {@code email}…
 * @param value in the form that the channel uses
 * @param verified whether the channel vouches that this person holds the address
 */
public record Identity(String type, String value, boolean verified) {
    /** The type of a phone number, whose value is as {@link PhoneNumber} writes it. */
    public static final String PHONE = "phone";

    /** The type of a mail address, which is in small letters. */
    public static final String EMAIL = "email";

    /** The type of a token by which its holder agreed to be written to: each is stopped and resumed by itself. */
    public static final String NOTIFICATION_TOKEN = "notification-token";

    public Identity {
        Require.notBlank(type, "type");
        Require.notBlank(value, "value");
    }

    /** The values under which this one may have been seen: a phone number can be written in two ways. */
    public List<String> forms() {
        return type.equals(PHONE) ? PhoneNumber.forms(value) : List.of(value);
    }

    @Override
    public String toString() {
        return "Identity[" + type + "]";
    }
}
