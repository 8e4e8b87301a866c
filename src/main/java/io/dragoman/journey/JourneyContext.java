// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.Event;
import io.dragoman.rules.Decision;
import io.dragoman.store.Events;
import io.dragoman.store.Lanes;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way through the journey.
 *
 * @param place whose and which conversation it is; null for events that name it themselves
 */
record JourneyContext(
        Lanes.Claim claim,
        Events.Stored stored,
        Event event,
        @Nullable ConversationMatch place,
        Decision decision) {

    JourneyContext placed(ConversationMatch place) {
        return new JourneyContext(claim, stored, event, place, decision);
    }

    JourneyContext decided(Decision decision) {
        return new JourneyContext(claim, stored, event, place, decision);
    }
}
