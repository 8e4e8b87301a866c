// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.model.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the Gateway's events are taken: what is stored between polls.
 *
 * @param session to be resumed; null where a new one has to begin
 * @param url where it is resumed
 * @param seq the number of the last event of it that is taken
 * @param bot our own id as a person
 * @param seen the id of the latest message that was taken, or of the moment of the first start
 * @param since messages with greater ids may have been missed before the session began; null when none can have been
 * @param awaited the servers of which the session has not told yet, while {@code since} is there
 * @param missed the channels that are still to be asked for what was missed
 * @param direct the direct channels that were written in last, the latest at the end; Discord lists none to a bot
 */
record GatewayPosition(
        @Nullable String session,
        @Nullable String url,
        long seq,
        @Nullable String bot,
        long seen,
        @Nullable Long since,
        List<String> awaited,
        List<Missed> missed,
        List<String> direct) {
    /** Direct channels remembered: each costs a call after a lost session, and some 22 bytes. */
    static final int MOST_DIRECT = 500;

    /** Messages of different channels come in nearly the order of their ids. */
    private static final long OVERLAP = Duration.ofMinutes(1).toMillis() << 22;

    GatewayPosition {
        awaited = List.copyOf(awaited);
        missed = List.copyOf(missed);
        direct = List.copyOf(direct);
    }

    /**
     * A channel with messages that may have been missed.
     *
     * @param after the id of the last message that is taken
     * @param guild whether many write there
     * @param thread whether it is one conversation
     */
    record Missed(String channel, long after, boolean guild, boolean thread) {}

    /** At the first start nothing before it is wanted. */
    static GatewayPosition read(String text, Instant now) {
        return text.isEmpty()
                ? new GatewayPosition(null, null, 0, null, Snowflake.first(now), null, List.of(), List.of(), List.of())
                : Json.read(text, GatewayPosition.class);
    }

    String write() {
        return Json.write(this);
    }

    /** When the session is gone: what came since the last message is asked for. */
    GatewayPosition lost() {
        long from = since == null ? Math.max(0, seen - OVERLAP) : since;
        return new GatewayPosition(null, null, 0, bot, seen, from, List.of(), missed, direct);
    }

    GatewayPosition at(long event) {
        return new GatewayPosition(session, url, event, bot, seen, since, awaited, missed, direct);
    }

    /** A new session, of which nothing but its servers is known. Direct channels are asked at once. */
    GatewayPosition begun(String session, @Nullable String url, String bot, List<String> servers) {
        List<Missed> ask = new ArrayList<>(missed);
        Long from = since;
        if (from != null) {
            direct.forEach(channel -> ask.add(new Missed(channel, from, false, false)));
        }
        boolean all = from == null || servers.isEmpty();
        return new GatewayPosition(
                session, url, seq, bot, seen, all ? null : from, all ? List.of() : servers, ask, direct);
    }

    /** A server told of its channels. */
    GatewayPosition told(String server, List<Missed> channels) {
        List<String> left = awaited.stream().filter(one -> !one.equals(server)).toList();
        List<Missed> ask = new ArrayList<>(missed);
        ask.addAll(channels);
        return new GatewayPosition(session, url, seq, bot, seen, left.isEmpty() ? null : since, left, ask, direct);
    }

    /** A server is not reached for a while; what is written there meanwhile is asked for when it is back. */
    GatewayPosition away(String server) {
        List<String> more = new ArrayList<>(awaited);
        more.add(server);
        long from = since == null ? Math.max(0, seen - OVERLAP) : since;
        return awaited.contains(server)
                ? this
                : new GatewayPosition(session, url, seq, bot, seen, from, more, missed, direct);
    }

    /** After one channel was asked; {@code next} says what is left of it. */
    GatewayPosition asked(@Nullable Missed next, long latest) {
        List<Missed> left = new ArrayList<>(missed.subList(1, missed.size()));
        if (next != null) {
            left.add(0, next);
        }
        return new GatewayPosition(session, url, seq, bot, Math.max(seen, latest), since, awaited, left, direct);
    }

    /** After a message; {@code channel} is null for one that many write in. */
    GatewayPosition took(long message, @Nullable String channel) {
        List<String> known = direct;
        if (channel != null
                && (direct.isEmpty() || !direct.get(direct.size() - 1).equals(channel))) {
            known = new ArrayList<>(direct);
            known.remove(channel);
            known.add(channel);
            known = known.subList(Math.max(0, known.size() - MOST_DIRECT), known.size());
        }
        return new GatewayPosition(session, url, seq, bot, Math.max(seen, message), since, awaited, missed, known);
    }

    @Override
    public String toString() {
        return "GatewayPosition[" + seq + "]";
    }
}
