// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.SharedWebhook;
import io.dragoman.connector.Verified;
import io.dragoman.model.Event;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What becomes of what is posted. */
final class ReadChecks {
    static final String GROUP = "reading";
    private static final int COPIES = 8;

    private ReadChecks() {}

    static List<ContractCheck> all() {
        return List.of(
                Webhooks.reading(
                        GROUP,
                        "a message is read",
                        "What a customer writes becomes events that can be stored and read back.",
                        ReadChecks::message),
                Webhooks.reading(
                        GROUP, "a second copy", "A replay has the same keys and is recognised.", ReadChecks::again),
                Webhooks.reading(
                        GROUP,
                        "brought again",
                        "The same bytes, proven anew and a week later, are the same events by their keys.",
                        ReadChecks::later),
                Webhooks.reading(
                        GROUP,
                        "copies in parallel",
                        "Many threads read the same as one: nothing is kept between requests.",
                        ReadChecks::parallel),
                Webhooks.reading(
                        GROUP,
                        "the request is left as it was",
                        "read is pure: its argument is unchanged.",
                        ReadChecks::pure),
                Webhooks.reading(
                        GROUP,
                        "needs no header that it does not name",
                        "What it reads in a test it reads in a running gateway.",
                        ReadChecks::named),
                Webhooks.reading(
                        GROUP,
                        "nothing is logged",
                        "Neither text nor secret is in a log line, at any level.",
                        ReadChecks::silent),
                Webhooks.reading(
                        GROUP,
                        "an unknown word drops nothing",
                        "What nobody knows yet is kept, ignored by name, or unreadable.",
                        ReadChecks::unknown),
                Webhooks.reading(
                        GROUP,
                        "odd, empty and huge bodies",
                        "They are unreadable at worst, and are told of without their content.",
                        sample -> Odd.bodies().forEach(body -> readsOrRefuses(sample, sample.signed(body)))),
                Webhooks.reading(
                        GROUP,
                        "odd shapes",
                        "A value of another type where one was, anywhere, is unreadable at worst.",
                        ReadChecks::shapes),
                Webhooks.reading(
                        GROUP,
                        "broken bytes",
                        "Bytes that were changed on the way are unreadable at worst.",
                        ReadChecks::broken));
    }

    private static void message(ReadSample sample) throws Exception {
        List<? extends Event> events = Webhooks.read(sample, sample.request());
        Expect.that(!events.isEmpty(), "no event", "the events of a customer who writes");
        List<String> lanes = events.stream().<String>map(Event::lane).toList();
        if (!sample.lanes().isEmpty()) {
            Expect.equal(lanes, sample.lanes(), "the list of lanes");
        }
        lanes.forEach(lane -> Expect.that(!lane.isBlank(), "a blank lane", "the sender's address"));
        List<String> keys = events.stream().<String>map(Event::key).toList();
        Expect.distinct(keys, "keys");
        keys.forEach(key -> Expect.that(!key.isBlank(), "a blank key", "the provider's id"));
        String json = Json.writeAll(events, Event.class);
        Expect.that(json.contains(ReadSample.CANARY), json, "the text " + ReadSample.CANARY);
        for (Event event : events) {
            String stored = Json.write(event); // which keeps thousandths of a second
            Expect.equal(Json.write(Json.read(stored, Event.class)), stored, "the event from the store");
        }
    }

    private static void again(ReadSample sample) throws Exception {
        Request request = sample.request();
        Expect.equal(Webhooks.read(sample, request), Webhooks.read(sample, request), "what is read of a second copy");
    }

    private static void later(ReadSample sample) throws Exception {
        byte[] body = sample.recorded();
        Request request = sample.signed(body);
        List<String> first = keys(Webhooks.read(sample, request));
        Expect.equal(keys(Webhooks.read(sample, sample.signed(body))), first, "what is brought again, proven anew,");
        Request later = Webhooks.polled(request, request.receivedAt().plus(Duration.ofDays(7)));
        Expect.equal(keys(Webhooks.read(sample, later)), first, "what is brought again after a week");
    }

    private static List<String> keys(List<? extends Event> events) {
        return events.stream()
                .map(event -> event.getClass().getSimpleName() + " " + event.key() + " of " + event.lane())
                .toList();
    }

    private static void parallel(ReadSample sample) throws Exception {
        Request request = sample.request();
        List<? extends Event> one = Webhooks.read(sample, request);
        List<Callable<List<? extends Event>>> copies = new ArrayList<>();
        for (int i = 0; i < COPIES; i++) {
            copies.add(() -> Webhooks.read(sample, request));
        }
        ExecutorService threads = Executors.newFixedThreadPool(COPIES);
        try {
            for (Future<List<? extends Event>> copy : threads.invokeAll(copies)) {
                Expect.equal(copy.get(), one, "what is read of a copy at the same time");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void pure(ReadSample sample) throws Exception {
        Request request = sample.request();
        byte[] before = request.body().clone();
        Webhooks.read(sample, request);
        Expect.that(Arrays.equals(before, request.body()), "a body that was changed", "the bytes that were posted");
    }

    private static void named(ReadSample sample) throws Exception {
        if (!(sample instanceof WebhookSample)) {
            throw new NotApplicable("what is polled has no headers");
        }
        Request request = sample.request();
        Map<String, String> kept = new TreeMap<>(request.headers());
        kept.keySet()
                .removeIf(name -> !name.equals("content-type")
                        && Webhooks.of(sample).headers().stream().noneMatch(name::equalsIgnoreCase));
        Expect.equal(
                Webhooks.read(sample, Webhooks.with(request, kept, request.body())),
                Webhooks.read(sample, request),
                "what is read without the headers that headers() does not name");
    }

    private static void silent(ReadSample sample) throws Exception {
        try (Logged logged = Logged.of(sample.connector())) {
            Webhooks.read(sample, sample.request());
            logged.lines().forEach(line -> Webhooks.hides(sample, line));
        }
    }

    private static void shapes(ReadSample sample) {
        List<byte[]> bodies = new ArrayList<>(Odd.shapes(sample.recorded(), Odd.values()));
        if (bodies.isEmpty()) {
            bodies.addAll(Shapes.of(sample, Odd.texts()));
        }
        bodies.forEach(body -> readsOrRefuses(sample, sample.signed(body)));
    }

    private static void unknown(ReadSample sample) {
        for (byte[] body : Shapes.of(sample, List.of("unheard-of"))) {
            try {
                Verified verified = Webhooks.verify(sample, sample.account(), sample.signed(body));
                boolean ours = !(sample.connector() instanceof SharedWebhook shared)
                        || shared.recipients(verified).contains(shared.recipient(sample.account()));
                Expect.that(
                        !(sample.connector().read(sample.account(), verified).isEmpty() && ours),
                        "nothing of " + new String(body, StandardCharsets.UTF_8),
                        "an event, an Ignored that names it, or MalformedPayload");
            } catch (AuthenticationFailed | MalformedPayload e) {
                Webhooks.hides(sample, e.toString()); // told, and kept as dead
            }
        }
    }

    private static void broken(ReadSample sample) {
        byte[] recorded = sample.recorded();
        if (recorded.length == 0) {
            throw new NotApplicable("its requests have no body");
        }
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] broken = recorded.clone();
            for (int times = random.nextInt(4); times >= 0; times--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            readsOrRefuses(sample, sample.signed(broken));
        }
    }

    /** Nothing but the two expected refusals may be thrown, and what is read must be fit to be stored. */
    private static void readsOrRefuses(ReadSample sample, Request request) {
        List<? extends Event> events;
        try {
            events = Webhooks.read(sample, request);
        } catch (AuthenticationFailed | MalformedPayload e) {
            Webhooks.hides(sample, e.toString());
            return;
        } catch (RuntimeException | StackOverflowError e) {
            byte[] start = Arrays.copyOf(request.body(), Math.min(200, request.body().length));
            throw new CheckFailed(
                    e + " for " + new String(start, StandardCharsets.UTF_8),
                    "events, or MalformedPayload with a reason");
        }
        for (Event event : events) {
            Expect.that(!event.key().isBlank(), "an event with a blank key", "a key");
            Expect.that(!event.lane().isBlank(), "an event with a blank lane", "a lane");
            Expect.that(Json.bytes(event).length > 0, "an event that cannot be stored", "one that can");
            Webhooks.hides(sample, event.toString());
        }
    }
}
