// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.message.Contact;
import io.dragoman.message.Conversation;
import io.dragoman.message.Event;
import io.dragoman.rules.Decision;
import io.dragoman.rules.Situation.Tally;
import io.dragoman.store.Events;
import io.dragoman.store.Lanes;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way through the journey.
 *
 * @param place whose and which conversation it is; null for events that name it themselves
 */
record Turn(
        Lanes.Claim claim,
        Events.Stored stored,
        Event event,
        @Nullable Place place,
        Decision decision) {

    Turn placed(Place place) {
        return new Turn(claim, stored, event, place, decision);
    }

    Turn decided(Decision decision) {
        return new Turn(claim, stored, event, place, decision);
    }

    /**
     * Where a message belongs.
     *
     * @param newContact whether the contact is to be added
     * @param thread tells the conversation from the other open ones of its channel
     * @param version of the stored conversation; null when it is to be added
     * @param why how the conversation was found, for the explanation
     * @param replyTo our id of the message that it answers
     */
    record Place(
            Contact contact,
            boolean newContact,
            Conversation conversation,
            String thread,
            @Nullable Long version,
            String why,
            Tally tally,
            @Nullable String replyTo) {
        boolean first() {
            return version == null;
        }
    }
}
