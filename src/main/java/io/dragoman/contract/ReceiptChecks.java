// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Connector;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Request;
import io.dragoman.contract.ReceiptSample.Told;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.CustomerEvent.ReceivedUntil;
import io.dragoman.model.Event;
import io.dragoman.model.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * What the store needs of receipts, that come in any order, so that it can keep theirs: it holds an early one until the
 * message has its id, drops copies by their keys, and never takes a step back ({@code DeliveryOrderTest}).
 */
final class ReceiptChecks {
    static final String GROUP = "receipts";
    private static final Duration WEEK = Duration.ofDays(7);

    private ReceiptChecks() {}

    static List<ContractCheck> all() {
        return List.of(
                check(
                        "before the answer",
                        "A receipt is read by who knows nothing of the send, and names the id that the answer gives.",
                        ReceiptChecks::early),
                check(
                        "a week later",
                        "Whenever it comes, a receipt has the same key and says the same.",
                        ReceiptChecks::late),
                check("twice", "A copy of a receipt has its key, and no other one has.", ReceiptChecks::twice),
                check(
                        "backwards",
                        "Read before delivered before sent, each is read as it is in its order.",
                        ReceiptChecks::backwards));
    }

    private interface Body {
        void run(ReceiptSample sample) throws Exception;
    }

    private static ContractCheck check(String name, String proves, Body body) {
        return new ContractCheck(GROUP, name, proves, sample -> {
            String receipts = sample.connector().features().receipts();
            if (receipts.isEmpty() || receipts.equals("none")) {
                throw new NotApplicable("its provider tells of none");
            }
            if (!(sample instanceof ReceiptSample telling)) {
                throw new NotApplicable(
                        "no sample of what its provider tells: neither a ReceiptSample nor a simulator");
            }
            body.run(telling);
        });
    }

    private static void early(ReceiptSample sample) throws Exception {
        Told told = told(sample);
        String id = ((Outcome.Sent) told.outcome()).externalId();
        Connector other = another(sample.connector());
        for (Event event : read(sample, other, told.requests())) {
            if (event instanceof Receipt receipt) {
                Expect.equal(receipt.externalId(), String.valueOf(id), "the id in a receipt");
            }
        }
    }

    private static void late(ReceiptSample sample) throws Exception {
        Told told = told(sample);
        Map<String, List<String>> early = new HashMap<>();
        for (Event event : read(sample, sample.connector(), told.requests())) {
            early.put(event.key(), said(event));
        }
        List<Request> later = told.requests().stream()
                .map(request -> Webhooks.polled(request, request.receivedAt().plus(WEEK)))
                .toList();
        for (Event event : read(sample, sample.connector(), later)) {
            Expect.equal(early.getOrDefault(event.key(), List.of()), said(event), "what " + event.key() + " says");
        }
    }

    private static void twice(ReceiptSample sample) throws Exception {
        Told told = told(sample);
        List<Event> once = read(sample, sample.connector(), told.requests());
        Expect.equal(read(sample, another(sample.connector()), told.requests()), once, "what is read of copies");
        Map<String, List<String>> known = new HashMap<>();
        for (Event event : once) {
            List<String> before = known.putIfAbsent(event.key(), said(event));
            Expect.that(
                    before == null || before.equals(said(event)),
                    "one key, " + event.key() + ", for " + before + " and " + said(event),
                    "a key for each of them: the second would be taken for a copy");
        }
    }

    private static void backwards(ReceiptSample sample) throws Exception {
        Told told = told(sample);
        List<Event> order = read(sample, sample.connector(), told.requests());
        List<Request> reversed = new ArrayList<>(told.requests());
        Collections.reverse(reversed);
        List<Event> there = new ArrayList<>();
        Connector other = another(sample.connector());
        for (Request request : reversed) {
            there.addAll(0, other.read(sample.sender(), Webhooks.verify(sample, sample.sender(), request)));
        }
        Expect.equal(there, order, "what is read in the other order");
    }

    /** A message that was taken and whose fate was told. */
    private static Told told(ReceiptSample sample) throws Exception {
        Told told = sample.told();
        Expect.that(told.outcome() instanceof Outcome.Sent, told.outcome().toString(), "Outcome.Sent");
        return told;
    }

    private static List<Event> read(ReceiptSample sample, Connector connector, List<Request> requests)
            throws Exception {
        List<Event> events = new ArrayList<>();
        for (Request request : requests) {
            events.addAll(connector.read(sample.sender(), Webhooks.verify(sample, sample.sender(), request)));
        }
        Expect.that(
                tells(events),
                requests.isEmpty()
                        ? "no receipt: after the send nothing was posted, where a simulator's receipts() posts"
                        : "no receipt in what was posted after the send",
                sample.connector().features().receipts());
        return events;
    }

    /** Whether something is told of a message of ours. */
    static boolean tells(List<? extends Event> events) {
        return events.stream().anyMatch(event -> event instanceof Receipt || event instanceof ReceivedUntil);
    }

    /** What matters of a receipt but its key. */
    private static List<String> said(Event event) {
        return event instanceof Receipt receipt
                ? List.of(receipt.externalId(), word(receipt.status()), receipt.lane())
                : event instanceof ReceivedUntil until
                        ? List.of(word(until.status()), until.until().toString(), until.lane())
                        : List.of(event.getClass().getSimpleName());
    }

    private static String word(Status status) {
        return status.name();
    }

    /** One that has read and sent nothing before, where a service declares it. */
    private static Connector another(Connector connector) {
        return ServiceLoader.load(Connector.class, connector.getClass().getClassLoader()).stream()
                .filter(found -> found.type() == connector.getClass())
                .flatMap(found -> Stream.of(found.get()))
                .map(Connector.class::cast)
                .findFirst()
                .orElse(connector);
    }
}
