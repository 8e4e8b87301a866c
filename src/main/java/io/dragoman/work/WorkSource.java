// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.store.FlowKey;
import io.dragoman.store.Lanes;
import io.dragoman.store.LeasedWork;
import io.dragoman.store.Tx;
import java.util.List;

/** How the heads of one kind of lanes are taken and given back. */
public interface WorkSource {
    Lanes.Kind kind();

    /** Reads what operators changed, such as pauses: before each claim, and about once a second. */
    default void refresh(Tx tx) {}

    /** How many more heads for a target may be under way, given how many are; there is always room by default. */
    default int room(String target, int underWay) {
        return Integer.MAX_VALUE;
    }

    /**
     * Takes the heads of up to {@code most} free lanes of a flow and counts the attempt on each. It may run twice,
     * where the first was rolled back.
     *
     * @param bulk whether to take work that waits behind live work
     */
    Taken claim(Tx tx, FlowKey flow, boolean bulk, int most);

    /**
     * What was taken.
     *
     * @param more whether the flow may have more that is ready
     */
    record Taken(List<LeasedWork> heads, boolean more) {
        public Taken {
            heads = List.copyOf(heads);
        }
    }

    /** A suspect is claimed, and nothing else of this kind is under way: counts this before the work. */
    default void alone(Tx tx, LeasedWork suspect) {}

    /** Decides about work whose exchange failed; the lane must be free afterwards. */
    void failed(Tx tx, LeasedWork claimed, Throwable failure);
}
