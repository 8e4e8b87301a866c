// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.email;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.Request;
import io.dragoman.connector.mail.MimeHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the answers of each conversation by when their mails came into the mailbox, and marks those that are more than a
 * minute takes: two machines that answer each other write fast. What waited there while nobody read counts by its own
 * time, and what is no answer does not count. The mark is in the place of the mail, with the limit that would take it, so
 * that reading it says the same at every time until the setting says otherwise. Thread-safe.
 */
final class MailFlood {
    private static final String MARK = "#flood";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Map<String, Deque<Instant>> times = new HashMap<>();

    /** How many mails a minute a mail that was marked takes, to be read; 0 for one that was not. */
    static int needed(String path) {
        int mark = path.lastIndexOf(MARK + "=");
        String count = mark < 0 ? "" : path.substring(mark + MARK.length() + 1);
        return count.matches("\\d{1,6}") ? Integer.parseInt(count) : 0;
    }

    /** The same batch with the mails marked that are too many. */
    Batch marked(Account account, Batch batch) {
        if (batch.requests().isEmpty()) {
            return batch;
        }
        int most = account.get(EmailDeskSettings.MAILS_PER_MINUTE);
        List<Request> requests = batch.requests().stream()
                .map(request -> {
                    int count = count(account, request);
                    return count > most
                            ? Request.polled(request.path() + MARK + "=" + count, request.body(), request.receivedAt())
                            : request;
                })
                .toList();
        return new Batch(requests, batch.position(), batch.problem());
    }

    /** The how-manieth answer of its minute it is; 0 for what is none. */
    private int count(Account account, Request request) {
        MimeHeaders headers = MimeHeaders.read(request.body(), 0, request.body().length);
        AgentMailReader reader = new AgentMailReader(account);
        return reader.notification(headers).isPresent()
                ? 0
                : reader.conversations(headers).stream()
                        .findFirst()
                        .map(conversation -> count(account.id() + "|" + conversation, arrived(headers, request)))
                        .orElse(0);
    }

    /** When the server of the mailbox took it, which it writes above everything else; else when it was read. */
    private static Instant arrived(MimeHeaders headers, Request request) {
        String received = headers.raw("received").orElse("");
        String date = received.substring(received.lastIndexOf(';') + 1)
                .replaceAll("\\([^()]{0,100}\\)", " ")
                .replaceAll("\\s{1,100}", " ")
                .strip();
        try {
            Instant at = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return at.isAfter(request.receivedAt()) ? request.receivedAt() : at;
        } catch (DateTimeParseException e) {
            return request.receivedAt();
        }
    }

    private synchronized int count(String conversation, Instant at) {
        times.values().removeIf(all -> all.isEmpty() || all.getLast().isBefore(at.minus(REMEMBERED)));
        Deque<Instant> all = times.computeIfAbsent(conversation, key -> new ArrayDeque<>());
        all.addLast(at);
        all.removeIf(time -> time.isBefore(at.minus(MINUTE)));
        return all.size();
    }
}
