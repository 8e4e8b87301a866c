// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

/**
 * One address of a person, valid within the channel it was seen on.
 *
 * @param type {@code whatsapp}, {@code phone}, {@code telegram}, {@code email}…
 * @param value in the form that the channel uses
 * @param verified whether the channel vouches that this person holds the address
 */
public record Identity(String type, String value, boolean verified) {
    public Identity {
        Require.notBlank(type, "type");
        Require.notBlank(value, "value");
    }

    @Override
    public String toString() {
        return "Identity[" + type + "]";
    }
}
