// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

/**
 * Whose work a lane holds. Flows of one kind take turns, so that the backlog of one never delays another.
 *
 * @param name the source of events; of deliveries the target, a slash and the channel of the conversation
 */
public record FlowKey(Lanes.Kind kind, String name) {
    /** Where it goes: the part before the slash; of events the source. */
    public String target() {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }
}
