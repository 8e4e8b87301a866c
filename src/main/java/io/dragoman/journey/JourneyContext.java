// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.Event;
import io.dragoman.model.Reason;
import io.dragoman.model.Words;
import io.dragoman.rules.Decision;
import io.dragoman.rules.facts.Situation;
import io.dragoman.store.Events;
import io.dragoman.store.Lanes;
import io.dragoman.store.LeasedWork;
import io.dragoman.work.WorkOutcome;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way through the journey: the body of the route {@code journey} after its first step, and what an
 * operator's routes from {@code direct:before-decide} and {@code direct:after-commit} get to see. Immutable. Its texts
 * are the customers': {@code toString} shows none.
 *
 * @param claim the lane that this event is the head of
 * @param stored the event as it is stored: its id, source and times
 * @param event what happened; a mail's text without what it repeats of ours
 * @param place whose and which conversation it is, before this event; null for events that name it themselves
 * @param asked what the rules are asked where it is no message; null for messages and what rules are not asked
 * @param decision what the rules said; {@link Decision#NOTHING} before they were asked
 * @param ended how the event ended; null before the commit
 */
public record JourneyContext(
        Lanes.Claim claim,
        Events.Stored stored,
        Event event,
        @Nullable ConversationMatch place,
        @Nullable Situation asked,
        Decision decision,
        Commit.@Nullable Ended ended)
        implements WorkOutcome {

    static JourneyContext of(LeasedWork.Event claimed) {
        return new JourneyContext(
                claimed.claim(), claimed.stored(), claimed.event(), null, null, Decision.NOTHING, null);
    }

    @Override
    public @Nullable String endedAs() {
        return ended == null ? null : Words.of(ended.state());
    }

    @Override
    public @Nullable Reason endedBecause() {
        return null;
    }

    @Override
    public boolean isFailure() {
        return ended != null && ended.state() == Events.State.DEAD;
    }

    JourneyContext read(Event event) {
        return new JourneyContext(claim, stored, event, place, asked, decision, ended);
    }

    JourneyContext placed(ConversationMatch place) {
        return new JourneyContext(claim, stored, event, place, asked, decision, ended);
    }

    JourneyContext asking(Situation asked) {
        return new JourneyContext(claim, stored, event, place, asked, decision, ended);
    }

    JourneyContext decided(Decision decision) {
        return new JourneyContext(claim, stored, event, place, asked, decision, ended);
    }

    JourneyContext ended(Commit.Ended ended) {
        return new JourneyContext(claim, stored, event, place, asked, decision, ended);
    }

    /** The same with tags added to its conversation, for the rules to see and the commit to keep. */
    public JourneyContext tagged(Set<String> tags) {
        return place == null || tags.isEmpty() ? this : placed(place.tagged(tags));
    }
}
