// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Request;
import io.dragoman.connector.mail.MimeHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Counts the mails of each conversation by when they came into the mailbox, and marks those that are more than a minute
 * takes: two machines that answer each other write fast. The mark is in the place of the mail, so that reading it says
 * the same at every time. Thread-safe.
 */
final class MailFlood {
    private static final String MARK = "#flood";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Map<String, Deque<Instant>> times = new HashMap<>();

    static boolean isMarked(String path) {
        return path.endsWith(MARK);
    }

    /** The same batch with the mails marked that are too many. */
    Batch marked(Account account, Batch batch) {
        if (batch.requests().isEmpty()) {
            return batch;
        }
        ConversationAddress addresses = new ConversationAddress(account);
        int most = account.get(EmailDeskSettings.MAILS_PER_MINUTE);
        List<Request> requests = batch.requests().stream()
                .map(request -> isTooMany(account, addresses, request, most)
                        ? Request.polled(request.path() + MARK, request.body(), request.receivedAt())
                        : request)
                .toList();
        return new Batch(requests, batch.position(), batch.problem());
    }

    private boolean isTooMany(Account account, ConversationAddress addresses, Request request, int most) {
        MimeHeaders headers = MimeHeaders.read(request.body(), 0, request.body().length);
        return Stream.of("to", "cc", "delivered-to", "x-original-to")
                .flatMap(name -> headers.addresses(name).stream())
                .flatMap(address -> addresses.conversation(address).stream())
                .findFirst()
                .filter(conversation -> count(account.id() + "|" + conversation, request.receivedAt()) > most)
                .isPresent();
    }

    private synchronized int count(String conversation, Instant at) {
        times.values().removeIf(all -> all.isEmpty() || all.getLast().isBefore(at.minus(MINUTE.multipliedBy(60))));
        Deque<Instant> all = times.computeIfAbsent(conversation, key -> new ArrayDeque<>());
        all.addLast(at);
        all.removeIf(time -> time.isBefore(at.minus(MINUTE)));
        return all.size();
    }
}
