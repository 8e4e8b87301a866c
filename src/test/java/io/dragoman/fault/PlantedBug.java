// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import java.util.List;
import java.util.stream.Stream;

/**
 * A mistake that somebody could make.
 *
 * @param stage the test that must fail with it, as surefire names it
 */
record PlantedBug(String name, String stage, List<Edit> edits) {
    private static final String MAIN = "src/main/java/io/dragoman/";

    private static final List<PlantedBug> OF_THE_GATEWAY = List.of(
            bug(
                    "acknowledged before the commit",
                    "KillTest#everything*",
                    "intake/StoreEvents.java",
                    "return AsyncProcessors.when(stored, exchange,",
                    "return AsyncProcessors.when(CompletableFuture.completedFuture(new Stored(new Taken(0, 0), List.of())), exchange,"),
            new PlantedBug(
                    "synchronous=NORMAL",
                    "PowerCutTest#journeys*",
                    List.of(
                            edit("store/SqliteDatabase.java", "SynchronousMode.FULL", "SynchronousMode.NORMAL"),
                            edit("store/SqliteDatabase.java", "\"synchronous\", \"2\"", "\"synchronous\", \"1\""))),
            bug(
                    "answered before COMMIT",
                    "SystemFaultTest#nothing*",
                    "store/Writer.java",
                    "sql.commit();",
                    "batch.forEach(Unit::complete); sql.commit();"),
            new PlantedBug(
                    "no UNIQUE on (source,key)",
                    "*StoreTest",
                    List.of(new Edit(
                            "src/main/resources/db/migration/V1__start.sql",
                            "  UNIQUE(source,key)) ${strict}",
                            "  CHECK(1=1)) ${strict}"))),
            new PlantedBug(
                    "repetitions known in memory only",
                    "DeliveryOrderTest#eachEvent*",
                    List.of(
                            new Edit(
                                    "src/main/resources/db/migration/V1__start.sql",
                                    "  UNIQUE(source,key)) ${strict}",
                                    "  CHECK(1=1)) ${strict}"),
                            edit(
                                    "store/Events.java",
                                    "    private final Sql sql;\n",
                                    "    private final Sql sql;\n"
                                            + "    private final java.util.Set<String> seen = new java.util.HashSet<>();\n"),
                            edit("store/Events.java", """
                                            boolean known = sql.one("SELECT 1 FROM event WHERE source=? AND key=?", row -> true, arrived.source(), key)
                                                    .isPresent();
                                    """, """
                                            boolean known = !seen.add(arrived.source() + key)
                                                    || (backfilled(arrived) && find(arrived.source(), key).isPresent());
                                    """))),
            bug(
                    "cursor committed before its batch",
                    "PolledTest",
                    "intake/StoreEvents.java",
                    "return store.takeIn(",
                    "store.write(tx -> { if (arrival.read() != null) { tx.cursors().set(arrival.read().turn(),"
                            + " arrival.read().position(), now); } return true; }).join(); return store.takeIn("),
            bug(
                    "cursor moved out of turn",
                    "*LanesTest",
                    "store/Cursors.java",
                    "WHERE source=? AND owner=? AND epoch=?\",\n                        position",
                    "WHERE source=? AND (owner=? OR 1=1) AND (epoch=? OR 1=1)\",\n                        position"),
            bug(
                    "no epoch check",
                    "LanesSimulationTest,*LanesTest",
                    "store/Lanes.java",
                    "\" WHERE lane=? AND epoch=? AND owner=?\"",
                    "\" WHERE lane=? AND (epoch=? OR 1=1) AND (owner=? OR 1=1)\""),
            bug(
                    "retry of a maybe-sent automatic reply",
                    "KillTest#everything*",
                    "delivery/Send.java",
                    "if (claimed.unsure() && !mayRepeat && !mayAsk)",
                    "if (claimed.unsure() && !mayRepeat && !mayAsk && !delivery.automatic())"),
            bug(
                    "attempt not written before the wire",
                    "PowerCutTest#journeys*",
                    "delivery/Outbox.java",
                    "begin(tx, taken, now);",
                    ""),
            bug(
                    "head of the inbox not by seq",
                    "*LanesTest",
                    "store/Events.java",
                    "ORDER BY seq LIMIT 1) FROM texts(?)) RETURNING",
                    "ORDER BY seq DESC LIMIT 1) FROM texts(?)) RETURNING"),
            bug(
                    "head of the outbox not by seq",
                    "*LanesTest,OutboxSimulationTest",
                    "store/Deliveries.java",
                    "+ OPEN + \" ORDER BY seq LIMIT 1)",
                    "+ OPEN + \" ORDER BY seq DESC LIMIT 1)"),
            bug(
                    "dropped on an exception",
                    "DeadLettersTest",
                    "intake/EventReader.java",
                    "        return new Reading(\n                account.account().id(),\n                List.of(),\n",
                    "        if (failure != null) { throw new IllegalStateException(failure); }\n"
                            + "        return new Reading(\n                account.account().id(),\n                List.of(),\n"),
            bug(
                    "Retry-After ignored",
                    "OutboxTest,OutageTest",
                    "delivery/Settle.java",
                    "Math.max(wait, asked == null ? 0 : asked.toMillis())",
                    "wait"),
            bug(
                    "crashes of an event not counted",
                    "*LanesTest,LanesSimulationTest",
                    "store/Events.java",
                    "begun=begun+1 WHERE",
                    "begun=begun WHERE"),
            bug(
                    "early receipt dropped",
                    "DeliveryOrderTest#receiptsComeEarly*",
                    "delivery/Settle.java",
                    "tx.messages().takeReceipts(delivery.target(), externalId)",
                    "java.util.List.<CustomerEvent.Receipt>of()"),
            new PlantedBug(
                    "idempotency key random for each attempt",
                    "WebhookDesk*Test,KillTest#everything*",
                    List.of(
                            edit(
                                    "desk/webhook/WebhookDesk.java",
                                    "    @Override\n    public Outcome deliver(",
                                    "    private static String random(ToDesk notice) {\n"
                                            + "        return notice.key() + System.nanoTime() / 1_000_000_000L;\n    }\n\n"
                                            + "    @Override\n    public Outcome deliver("),
                            edit(
                                    "desk/webhook/WebhookDesk.java",
                                    "post(account, notice.key(), Json.write(notice.notice())",
                                    "post(account, random(notice), Json.write(notice.notice())"))),
            bug(
                    "what may have been sent is called not sent",
                    "ToxicSendTest",
                    "connector/Outcome.java",
                    "? new Uncertain(failure.reason(), failure.detail())",
                    "? new Retry(failure.reason(), failure.detail())"),
            bug(
                    "full disk ignored",
                    "ShortageTest#fullDisk*",
                    "store/DiskSpace.java",
                    "low = disk.getUsableSpace() < mark;",
                    "low = false;"),
            bug(
                    "process goes on after a failed commit",
                    "SystemFaultTest",
                    "store/Writer.java",
                    "fatal.accept(cause);",
                    ""),
            bug(
                    "doubt forgotten by the next attempt",
                    "OutboxSimulationTest,InDoubtTest",
                    "delivery/Settle.java",
                    "(attempted.doubt() || attempted.outcome() instanceof Outcome.Uncertain)",
                    "attempted.outcome() instanceof Outcome.Uncertain"),
            bug(
                    "doubt forgotten while the store was away",
                    "InterruptedTest",
                    "delivery/Outbox.java",
                    "id, delivery.unsure(), null, null,",
                    "id, delivery.stored().unsure(), null, null,"),
            bug(
                    "failed statement kept",
                    "FailedStatementTest",
                    "store/Sql.java",
                    "statements.remove(sql)",
                    "(PreparedStatement) null"));

    /** All that we know how to plant. */
    static final List<PlantedBug> ALL =
            Stream.concat(OF_THE_GATEWAY.stream(), KafkaBugs.ALL.stream()).toList();

    /** One change: the fragment must be there, or the list is out of date. */
    record Edit(String file, String fragment, String replacement) {}

    static Edit edit(String file, String fragment, String replacement) {
        return new Edit(MAIN + file, fragment, replacement);
    }

    static PlantedBug bug(String name, String stage, String file, String fragment, String replacement) {
        return new PlantedBug(name, stage, List.of(edit(file, fragment, replacement)));
    }
}
