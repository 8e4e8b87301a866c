// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import static io.dragoman.fault.PlantedBug.bug;
import static io.dragoman.fault.PlantedBug.edit;

import io.dragoman.fault.PlantedBug.Edit;
import java.util.List;

/** Mistakes that somebody could make with Kafka as the inbox. */
final class KafkaBugs {
    private static final String TAKER = "intake/kafka/PartitionTaker.java";
    private static final String ADVANCE_ALONE =
            "store.write(tx -> { tx.inboxOffsets().advance(reading.partition, expected,"
                    + " next, last.leaderEpoch(), clock.millis()); return true; }).get(COMMIT_SECONDS, TimeUnit.SECONDS);";
    private static final Edit NOT_WITH_WHAT_WAS_TAKEN_IN =
            edit(TAKER, "tx.inboxOffsets().advance(partition, expected, next, leaderEpoch, now);", "");
    private static final String TAKEN_IN = "List<TakeIn.Outcome> outcomes = store.takeIn(";

    private KafkaBugs() {}

    static final List<PlantedBug> ALL = List.of(
            new PlantedBug(
                    "the topic's place is committed before what was taken in",
                    "KafkaLogTest",
                    List.of(NOT_WITH_WHAT_WAS_TAKEN_IN, edit(TAKER, TAKEN_IN, ADVANCE_ALONE + TAKEN_IN))),
            new PlantedBug(
                    "the topic's place is committed after what was taken in",
                    "KafkaLogTest",
                    List.of(
                            NOT_WITH_WHAT_WAS_TAKEN_IN,
                            edit(TAKER, "reading.isAt(next);", ADVANCE_ALONE + "reading.isAt(next);"))),
            new PlantedBug(
                    "one broker is enough for the topic",
                    "KafkaTopicTest",
                    List.of(
                            edit("intake/kafka/TopicPlace.java", "ACKS_CONFIG, \"all\"", "ACKS_CONFIG, \"1\""),
                            edit(
                                    "intake/kafka/TopicPlace.java",
                                    "IDEMPOTENCE_CONFIG, true",
                                    "IDEMPOTENCE_CONFIG, false"))),
            bug(
                    "acknowledged before the topic has it",
                    "KafkaInboxTest",
                    "intake/kafka/TopicProducer.java",
                    "        return done;\n    }\n\n    private void fail(",
                    "        done.complete(null);\n        return done;\n    }\n\n    private void fail("),
            bug(
                    "the topic's key is the request, not the sender's lane",
                    "KafkaLogTest",
                    "intake/kafka/TopicProducer.java",
                    "ArrivalRecord.key(lane)",
                    "ArrivalRecord.key(theirs.sha256())"),
            bug(
                    "no fencing of the topic's readers",
                    "KafkaLogTest",
                    "store/InboxOffsets.java",
                    "WHERE topic_id=? AND part=? AND next_offset=?",
                    "WHERE topic_id=? AND part=? AND (next_offset=? OR 1=1)"),
            bug(
                    "a partition is kept after Kafka took it away",
                    "KafkaLogTest",
                    "intake/kafka/TopicReader.java",
                    "readings.keySet().removeAll(Set.copyOf(partitions));",
                    ""),
            bug(
                    "the topic is read from where Kafka's group noted",
                    "KafkaLogTest",
                    "intake/kafka/PartitionPlaces.java",
                    "consumer.seek(at, new OffsetAndMetadata(",
                    "OffsetAndMetadata noted = consumer.committed(java.util.Set.of(at)).get(at); consumer.seek(at, noted != null"
                            + " ? noted : new OffsetAndMetadata("),
            new PlantedBug(
                    "what is read again from the topic is new",
                    "KafkaLogTest",
                    List.of(
                            new Edit(
                                    "src/main/resources/db/migration/V1__start.sql",
                                    "  UNIQUE(source,key)) ${strict}",
                                    "  CHECK(1=1)) ${strict}"),
                            edit(
                                    "store/Events.java",
                                    "boolean known = sql.one(",
                                    "boolean known = key == null && sql.one("))),
            bug(
                    "a record that the store refuses is passed over",
                    "KafkaLogTest",
                    TAKER,
                    "            reading.askAgain(SOON_MILLIS);\n            return;\n",
                    "            return;\n"),
            bug(
                    "a record of a newer version is read as one's own",
                    "KafkaLogTest",
                    "intake/ArrivalRecord.java",
                    "if (version > VERSION) {",
                    "if (version > VERSION + 9) {"),
            bug(
                    "what the brokers deleted is not counted",
                    "KafkaLogTest",
                    "store/InboxOffsets.java",
                    "lost=lost+?",
                    "lost=lost+0*?"),
            bug(
                    "a topic made anew is read on from the old one's place",
                    "KafkaTopicTest",
                    "intake/kafka/TopicReader.java",
                    "new Partition(topicId, one.topic(),",
                    "new Partition(one.topic(), one.topic(),"));
}
