// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.Conversation;
import io.dragoman.model.Message;
import io.dragoman.model.Participant;
import io.dragoman.model.Participants;
import io.dragoman.store.Messages.Heading;
import io.dragoman.store.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in a conversation beside the customer: those whom the customer named, whom an agent wrote to, and whom
 * one of them named. Somebody else may write into it, for mail can be passed on, but neither gets answers by that nor
 * decides who does. For one thread.
 */
final class Correspondence {
    /** What was said longer ago decides nothing. */
    private static final int MOST = 200;

    private final String customer;
    private final Set<String> known = new HashSet<>();
    private final List<Heading> trusted = new ArrayList<>();

    private Correspondence(String customer) {
        this.customer = customer;
        add(customer);
    }

    static Correspondence read(Tx tx, Conversation conversation) {
        Correspondence all = new Correspondence(conversation.address());
        tx.messages().headings(conversation.id(), MOST).forEach(all::read);
        return all;
    }

    private void read(Heading heading) {
        Participant writer = heading.writer();
        if (writer != null && !takesPart(List.of(writer.address()))) {
            return;
        }
        heading.participants().all().map(Participant::address).forEach(this::add);
        if (heading.direction() == Message.Direction.IN) {
            trusted.add(heading);
        }
    }

    private void add(String address) {
        known.add(address.toLowerCase(Locale.ROOT));
    }

    /** Whether one of these addresses is the customer's or a participant's. */
    boolean takesPart(Collection<String> addresses) {
        return addresses.stream()
                .map(address -> address.toLowerCase(Locale.ROOT))
                .anyMatch(known::contains);
    }

    /**
     * Who gets an answer beside the customer: all whom the answered message names, and who wrote it.
     *
     * @param answered our id of that message; null, or of one that does not count, takes the last
     */
    Participants replyAll(@Nullable String answered) {
        if (trusted.isEmpty()) {
            return Participants.NONE;
        }
        Heading last = trusted.stream()
                .filter(heading -> heading.id().equals(answered))
                .findFirst()
                .orElse(trusted.get(trusted.size() - 1));
        Participants all = last.participants();
        Set<String> seen = new HashSet<>(Set.of(customer.toLowerCase(Locale.ROOT)));
        List<Participant> to = fresh(Stream.concat(Stream.ofNullable(last.writer()), all.from().stream()), seen);
        return new Participants(List.of(), to, fresh(Stream.concat(all.to().stream(), all.cc().stream()), seen));
    }

    private static List<Participant> fresh(Stream<Participant> people, Set<String> seen) {
        return people.filter(one -> seen.add(one.address().toLowerCase(Locale.ROOT)))
                .toList();
    }
}
