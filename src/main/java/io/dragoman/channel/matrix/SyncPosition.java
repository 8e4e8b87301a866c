// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import io.dragoman.model.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far an account is read: what is stored between polls. Each list is bounded, the oldest go first.
 *
 * @param me whose account it is; null before the first answer
 * @param since the last {@code next_batch}; empty before the first answer
 * @param gaps rooms of which the last answer left something out: it is read before anything newer
 * @param invites invitations that are accepted but not carried out yet
 * @param joining rooms that we have joined and not seen yet
 * @param reactions the last ones, so that it is known what is taken back
 * @param told the rooms where it was said that encrypted messages cannot be read
 * @param replacing the rooms that took the place of ours: there we go without being asked
 */
@RecordBuilder
record SyncPosition(
        @Nullable String me,
        String since,
        List<Gap> gaps,
        List<Invite> invites,
        List<String> joining,
        List<Reacted> reactions,
        List<String> told,
        List<String> replacing) {
    static final int MOST_INVITES = 50;
    private static final int MOST_REACTIONS = 100;
    private static final int MOST_TOLD = 200;
    private static final SyncPosition START =
            new SyncPosition(null, "", List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    SyncPosition {
        gaps = List.copyOf(gaps);
        invites = List.copyOf(invites);
        joining = List.copyOf(joining);
        reactions = List.copyOf(reactions);
        told = List.copyOf(told);
        replacing = replacing == null ? List.of() : List.copyOf(replacing);
    }

    /**
     * A room's events between two answers. First its pages are found, from the newest back; then each is read, from the
     * oldest on, so that events come in their order and no more than a page is in memory.
     *
     * @param until where the answer before ended; null for a room that is new, which is read until we were invited
     * @param pages where each page begins, the newest first
     * @param found whether all pages are found
     */
    record Gap(String room, @Nullable String until, List<String> pages, boolean found) {
        Gap {
            pages = List.copyOf(pages);
        }

        @Override
        public String toString() {
            return "Gap[" + pages.size() + "]";
        }
    }

    /** @param direct whether who invites us calls it a direct chat */
    record Invite(String room, String from, boolean direct, int tries) {
        @Override
        public String toString() {
            return "Invite[…]";
        }
    }

    /** @param event of the reaction */
    record Reacted(String event, String target) {
        @Override
        public String toString() {
            return "Reacted[…]";
        }
    }

    static SyncPosition read(String text) {
        return text.isEmpty() ? START : Json.read(text, SyncPosition.class);
    }

    String write() {
        return Json.write(this);
    }

    /** Of this account; that of another says nothing about it. */
    SyncPosition of(String user) {
        return user.equals(me) ? this : change(START).me(user).build();
    }

    SyncPosition since(String next) {
        return change(this).since(next).build();
    }

    SyncPosition gaps(List<Gap> left) {
        return change(this).gaps(left).build();
    }

    SyncPosition invites(List<Invite> left) {
        List<Invite> bounded = left.subList(Math.max(0, left.size() - MOST_INVITES), left.size());
        return change(this).invites(bounded).build();
    }

    SyncPosition joined(String room) {
        return change(this).joining(more(joining, room, MOST_INVITES)).build();
    }

    SyncPosition seen(String room) {
        return joining.contains(room)
                ? change(this)
                        .joining(joining.stream()
                                .filter(one -> !one.equals(room))
                                .toList())
                        .build()
                : this;
    }

    SyncPosition reacted(String event, String target) {
        return change(this)
                .reactions(more(reactions, new Reacted(event, target), MOST_REACTIONS))
                .build();
    }

    /** What a reaction was about. */
    Optional<String> target(String event) {
        return reactions.stream()
                .filter(one -> one.event().equals(event))
                .map(Reacted::target)
                .findFirst();
    }

    SyncPosition told(String room) {
        return change(this).told(more(told, room, MOST_TOLD)).build();
    }

    SyncPosition replaced(Invite by) {
        List<Invite> all = new ArrayList<>(invites);
        all.removeIf(one -> one.room().equals(by.room()));
        all.add(by);
        return change(invites(all))
                .replacing(more(replacing, by.room(), MOST_INVITES))
                .build();
    }

    private static <T> List<T> more(List<T> list, T one, int most) {
        List<T> all = new ArrayList<>(Stream.concat(list.stream().filter(old -> !old.equals(one)), Stream.of(one))
                .toList());
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    private static SyncPositionBuilder change(SyncPosition position) {
        return SyncPositionBuilder.builder(position);
    }

    @Override
    public String toString() {
        return "SyncPosition[…]";
    }
}
