// SPDX-License-Identifier: Apache-2.0
package io.dragoman.camel;

import io.dragoman.store.Claimed;
import io.dragoman.store.Lanes;
import io.dragoman.store.Tx;
import java.util.List;

/** How the heads of one kind of lanes are taken and given back. */
public interface LaneWork {
    Lanes.Kind kind();

    /** Takes the heads of up to {@code most} free lanes and counts the attempt on each. */
    List<Claimed> claim(Tx tx, int most);

    /** Decides about work whose exchange failed; the lane must be free afterwards. */
    void failed(Tx tx, Claimed claimed, Throwable failure);
}
