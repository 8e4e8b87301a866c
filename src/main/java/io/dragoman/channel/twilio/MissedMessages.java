// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.channel.twilio.MessageList.Page;
import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import io.dragoman.connector.PollContext;
import io.dragoman.connector.Request;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.Backfill;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks through Twilio's list for customers' messages whose webhook failed: day by day, the oldest first, each batch
 * bounded. Each sweep begins well before the last one ended, since a list may show a message late.
 */
final class MissedMessages {
    /** What is younger may be on its way to us: Twilio waits 15 s for a webhook's answer. */
    static final Duration GRACE = Duration.ofSeconds(20);

    /** How late a message may appear in the list, and how far clocks may differ. */
    static final Duration OVERLAP = Duration.ofHours(1);

    /** The most messages of one batch. */
    static final int MOST = 100;

    private final Account account;
    private final PollContext context;
    private final MessageList list;

    MissedMessages(Account account, Transport transport, PollContext context) {
        this.account = account;
        this.context = context;
        this.list = new MessageList(account, transport);
    }

    Batch poll(String position) throws TransportFailure {
        Instant now = context.clock().instant();
        if (position.isEmpty()) {
            return new Batch(List.of(), new SweepPosition(now, now, null, null).write());
        }
        SweepPosition from = SweepPosition.read(position);
        Duration wait = Backfill.wait(account, context, from.until().plus(GRACE));
        if (from.reached() == null && !wait.isZero()) {
            context.rest(wait);
            return new Batch(List.of(), position);
        }
        return sweep(from, from.goal() == null ? now.minus(GRACE) : from.goal(), now);
    }

    private Batch sweep(SweepPosition position, Instant goal, Instant now) throws TransportFailure {
        Instant start = position.until().minus(OVERLAP);
        Instant first = start.isBefore(position.from()) ? position.from() : start;
        Instant reached = position.reached();
        Window window = new Window(reached == null ? first.minusSeconds(1) : reached, goal);
        LocalDate day = day(window.after());
        for (; !day.isAfter(day(goal)); day = day.plusDays(1)) {
            List<JsonNode> missed = missed(day, window);
            if (context.stopping()) {
                return new Batch(List.of(), position.write());
            }
            if (!missed.isEmpty()) {
                Instant last = sent(missed.get(missed.size() - 1)).orElseThrow();
                return new Batch(requests(missed, now), position.at(last, goal).write());
            }
        }
        return new Batch(List.of(), position.done(goal).write());
    }

    /** The oldest messages of one day that nobody told us of, in order; whole seconds, to go on behind. */
    private List<JsonNode> missed(LocalDate day, Window window) throws TransportFailure {
        Deque<JsonNode> oldest = new ArrayDeque<>();
        Map<String, String> filters = new HashMap<>(Map.of("DateSent", day.toString()));
        account.find(Twilio.FROM)
                .ifPresent(to -> filters.put("To", TwilioAddress.of(to).text()));
        Optional<Page> page = Optional.of(list.first(filters));
        while (page.isPresent() && !context.stopping()) {
            boolean over = false;
            for (JsonNode one : page.get().messages()) {
                Optional<Instant> sent = sent(one);
                over = sent.filter(at -> !at.isAfter(window.after())).isPresent();
                if (sent.filter(window::holds).isPresent() && wanted(one)) {
                    oldest.addLast(one); // the list goes back in time
                    trim(oldest);
                }
            }
            page = over ? Optional.empty() : list.after(page.get());
        }
        List<JsonNode> missed = new ArrayList<>(oldest);
        Collections.reverse(missed);
        return missed;
    }

    /** Lets go of the newest seconds while enough is left without them. */
    private static void trim(Deque<JsonNode> oldest) {
        while (oldest.size() > MOST) {
            Optional<Instant> newest = sent(oldest.peekFirst());
            long same = oldest.stream().filter(one -> sent(one).equals(newest)).count();
            if (same == oldest.size()) {
                return;
            }
            for (long i = 0; i < same; i++) {
                oldest.removeFirst();
            }
        }
    }

    private boolean wanted(JsonNode one) {
        String service = account.find(Twilio.MESSAGING_SERVICE_SID).orElse("");
        boolean ours = account.find(Twilio.FROM).isPresent()
                || one.path("messaging_service_sid").asText("").equals(service);
        String sid = one.path("sid").asText("");
        return ours
                && one.path("direction").asText("").equals("inbound")
                && sid.matches("[0-9A-Za-z]{3,64}")
                && !context.taken(sid);
    }

    private List<Request> requests(List<JsonNode> missed, Instant now) throws TransportFailure {
        List<Request> requests = new ArrayList<>(missed.size());
        for (JsonNode one : missed) {
            boolean media = !one.path("num_media").asText("0").equals("0");
            requests.add(
                    SweptMessage.request(one, media ? list.media(one.path("sid").asText()) : List.of(), now));
        }
        return requests;
    }

    private static Optional<Instant> sent(@Nullable JsonNode one) {
        return Optional.ofNullable(
                one == null ? null : MessageList.time(one.path("date_sent").asText("")));
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** What a sweep looks at: later than one time, and not later than another. */
    private record Window(Instant after, Instant goal) {
        boolean holds(Instant at) {
            return at.isAfter(after) && !at.isAfter(goal);
        }
    }
}
