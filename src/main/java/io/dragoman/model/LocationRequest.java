// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

/**
 * Asks the customer where they are, with a button that sends it; what they send is a {@link Part.Location}.
 *
 * @param text the question above the button
 */
public record LocationRequest(String text) implements Part {
    public LocationRequest {
        Require.notBlank(text, "the text of a request for a location");
    }

    @Override
    public <R> R accept(PartVisitor<R> visitor) {
        return visitor.locationRequest(this);
    }

    @Override
    public String toString() {
        return "LocationRequest[…]";
    }
}
