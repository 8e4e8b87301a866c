// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

/**
 * Whose work a lane holds. Flows of one kind share the workers equally, so that the backlog of one never delays another.
 *
 * @param name the source of events; of deliveries the target, a slash and the channel of the conversation
 */
public record FlowKey(Lanes.Kind kind, String name) {
    /** Media are slow: fetching is a flow of its own, so that it does not delay sending. */
    private static final String FETCH = "media:";

    /** What a source brings. */
    static FlowKey inbox(String source) {
        return new FlowKey(Lanes.Kind.INBOX, source);
    }

    /** What goes to a target for conversations of a channel. The name is stored with the lane. */
    static FlowKey outbox(Deliveries.Kind kind, String target, String channel) {
        String place = kind == Deliveries.Kind.FETCH ? FETCH + target : target;
        return new FlowKey(Lanes.Kind.OUTBOX, place + "/" + channel);
    }

    /** Where it goes: the part before the slash; of events the source. */
    public String target() {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    /** The channel or desk of a {@link #target()}, also where media are fetched from it. */
    public static String account(String target) {
        return target.startsWith(FETCH) ? target.substring(FETCH.length()) : target;
    }
}
