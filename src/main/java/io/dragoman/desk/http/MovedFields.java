// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.DeskEvent;
import io.dragoman.profile.Element;
import io.dragoman.profile.Expression;
import java.util.Map;

/**
 * Where in a payload it stands that a ticket was merged into another, or is known by another id.
 *
 * @param to the id from now on
 */
record MovedFields(Place place, Expression to) {
    /** The longest id of a helpdesk that is kept. */
    private static final int LONGEST_ID = 255;

    DeskEvent read(Element element) throws MalformedPayload {
        Place.Named named = place.change(element, "moved");
        String reference = element.need(to);
        if (reference.length() > LONGEST_ID) {
            throw new MalformedPayload(to.place() + " must give at most " + LONGEST_ID + " characters");
        }
        return new DeskEvent.ReferenceChanged(
                named.key(), named.at(), named.conversation(), named.reference(), reference, Map.of());
    }
}
