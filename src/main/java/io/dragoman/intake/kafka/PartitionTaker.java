// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake.kafka;

import io.dragoman.intake.ArrivalRecord;
import io.dragoman.intake.TakeIn;
import io.dragoman.store.InboxOffsets.Partition;
import io.dragoman.store.Store;
import io.dragoman.store.StoreException;
import io.dragoman.store.Tx;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records of a partition into the store, in their order, in one transaction with how far the partition is then. A
 * record that cannot be stored alone, three times, becomes a dead event; one that cannot even be that stops its partition.
 */
final class PartitionTaker {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionTaker.class);

    /** So many are in one transaction: it holds their senders' lanes meanwhile. */
    private static final int MOST_TOGETHER = 64;

    private static final int COMMIT_SECONDS = 60;
    private static final long SOON_MILLIS = 300;
    private static final long LATER_MILLIS = 5_000;

    private final Store store;
    private final TakeIn takeIn;
    private final TopicRecord.Readers readers;
    private final Clock clock;

    PartitionTaker(Store store, TakeIn takeIn, TopicRecord.Readers readers, Clock clock) {
        this.store = store;
        this.takeIn = takeIn;
        this.readers = readers;
        this.clock = clock;
    }

    /** How a transaction ended. */
    private enum End {
        DONE,
        /** Nothing of it lasts, or that is not known: the store must be asked. */
        UNKNOWN,
        /** The database refuses something in it. */
        REFUSED
    }

    private record Ended(End end, String why) {
        static final Ended DONE = new Ended(End.DONE, "");
    }

    /** Takes in what it can; where that is not all, the reading says when the store is to be asked how far it is. */
    void take(Reading reading, List<ConsumerRecord<byte[], byte[]>> records) {
        List<TopicRecord> read = read(reading, records);
        for (int from = 0; from < read.size() && reading.next != null; from += MOST_TOGETHER) {
            together(reading, read.subList(from, Math.min(read.size(), from + MOST_TOGETHER)));
        }
    }

    /** What can be read of them, up to the first that must wait. */
    private List<TopicRecord> read(Reading reading, List<ConsumerRecord<byte[], byte[]>> records) {
        List<TopicRecord> read = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                read.add(TopicRecord.read(reading.partition, record, readers));
            } catch (ArrivalRecord.TooNew e) {
                takeThenStop(reading, read, String.valueOf(e.getMessage()));
                return List.of();
            } catch (IOException | RuntimeException e) {
                takeThenStop(
                        reading,
                        read,
                        "the body of the record at offset " + record.offset() + " cannot be read: "
                                + e.getClass().getSimpleName());
                return List.of();
            }
        }
        return read;
    }

    private void takeThenStop(Reading reading, List<TopicRecord> before, String problem) {
        if (!before.isEmpty()) {
            together(reading, before);
        }
        if (reading.next != null) {
            stop(reading, problem);
        }
    }

    private void stop(Reading reading, String problem) {
        if (!problem.equals(reading.problem)) {
            LOG.error("inbox: {} is not read on: {}", reading.partition, problem);
        }
        reading.askAgain(LATER_MILLIS);
        reading.problem = problem;
    }

    private void together(Reading reading, List<TopicRecord> records) {
        Ended ended = commit(reading, records);
        if (ended.end() == End.REFUSED) {
            for (int i = 0; i < records.size() && reading.next != null; i++) {
                alone(reading, records.get(i));
            }
        }
    }

    private void alone(Reading reading, TopicRecord record) {
        Ended ended = commit(reading, List.of(record));
        if (ended.end() != End.REFUSED) {
            return;
        }
        if (!reading.failedOften(record.offset())) {
            reading.askAgain(SOON_MILLIS);
            return;
        }
        LOG.error(
                "inbox: the record at {} {} cannot be stored and is kept as dead: {}",
                reading.partition,
                record.offset(),
                ended.why());
        if (commit(reading, List.of(record.dead(ended.why()))).end() == End.REFUSED
                && commit(reading, List.of(record.bytesAlone(reading.partition, ended.why())))
                                .end()
                        == End.REFUSED) {
            stop(reading, "the record at offset " + record.offset() + " cannot be stored: " + ended.why());
        }
    }

    private Ended commit(Reading reading, List<TopicRecord> records) {
        Long expected = reading.next;
        if (expected == null) {
            return new Ended(End.UNKNOWN, "");
        }
        TopicRecord last = records.get(records.size() - 1);
        long next = last.offset() + 1;
        try {
            List<TakeIn.Outcome> outcomes = store.takeIn(
                            tx -> all(tx, reading.partition, expected, next, last.leaderEpoch(), records))
                    .get(COMMIT_SECONDS, TimeUnit.SECONDS);
            reading.isAt(next);
            tell(records, outcomes);
            return Ended.DONE;
        } catch (ExecutionException e) {
            return failed(reading, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            reading.askAgain(SOON_MILLIS);
            return new Ended(End.UNKNOWN, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reading.askAgain(LATER_MILLIS);
            return new Ended(End.UNKNOWN, "");
        }
    }

    private List<TakeIn.Outcome> all(
            Tx tx,
            Partition partition,
            long expected,
            long next,
            @Nullable Integer leaderEpoch,
            List<TopicRecord> records) {
        long now = clock.millis();
        tx.inboxOffsets().advance(partition, expected, next, leaderEpoch, now); // first: another reader waits for it
        List<TakeIn.Outcome> outcomes = new ArrayList<>(records.size());
        for (TopicRecord record : records) {
            // the customer wrote then, whatever waited since; another machine's clock may be ahead
            long at = Math.min(now, record.arrived().request().receivedAt().toEpochMilli());
            outcomes.add(takeIn.apply(tx, List.of(record.arrived()), at));
        }
        return outcomes;
    }

    private void tell(List<TopicRecord> records, List<TakeIn.Outcome> outcomes) {
        for (int i = 0; i < records.size(); i++) {
            TopicRecord record = records.get(i);
            takeIn.committed(record.arrived().source(), List.of(record.arrived().request()), outcomes.get(i));
        }
    }

    private static Ended failed(Reading reading, Throwable failure) {
        boolean known = failure instanceof StoreException.Conflict
                || failure instanceof StoreException.Busy
                || failure instanceof StoreException.Lost;
        if (known) {
            LOG.debug("inbox: {} is looked up again: {}", reading.partition, failure.getMessage());
            reading.askAgain(failure instanceof StoreException.Conflict ? 0 : SOON_MILLIS);
            return new Ended(End.UNKNOWN, "");
        }
        return new Ended(End.REFUSED, failure.getClass().getSimpleName());
    }
}
