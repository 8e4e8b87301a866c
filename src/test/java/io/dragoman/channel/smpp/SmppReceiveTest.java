// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Batch;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.kit.Pieces;
import io.dragoman.model.CustomerEvent;
import io.dragoman.simulator.smpp.SmppSimulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.OptionalParameter.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing that is acknowledged is lost, and nothing that is brought again is taken twice. */
final class SmppReceiveTest {
    private static final URI NOWHERE = URI.create("smpp:+4930114");
    private static final String ANA = "+4917000001";
    private static final String LONG = "A long text {€}. ".repeat(30);

    private final SmppSimulator centre = new SmppSimulator(0);
    private SmppLine line = new SmppLine(settings());

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(centre.settings());
        settings.put("timeout", "5s");
        return settings;
    }

    @AfterEach
    void close() throws Exception {
        line.close();
        centre.close();
    }

    private CompletableFuture<Integer> written(String text) {
        return CompletableFuture.supplyAsync(() -> centre.customerWrites(NOWHERE, ANA, text));
    }

    /** Polls until a batch has a message in it, and does not commit that one. */
    private Batch uncommitted() throws Exception {
        for (int polls = 0; polls < 500; polls++) {
            Batch batch = line.poll();
            if (!batch.requests().isEmpty()) {
                return batch;
            }
            line.commit(batch);
        }
        throw new AssertionError("nothing is brought");
    }

    @Test
    void whatIsNotCommittedShouldNotBeAcknowledgedAndComeAgain() throws Exception {
        CompletableFuture<Integer> written = written("hello");
        uncommitted();
        uncommitted();
        assertThat(written).isNotDone();
        line.until(written::isDone);
        assertThat(written.join()).isEqualTo(200);
        assertThat(line.texts()).containsExactly("hello");
    }

    @Test
    void committedShouldNotBeAcknowledgedBeforeTheNextPoll() throws Exception {
        CompletableFuture<Integer> written = written("hello");
        line.commit(uncommitted());
        assertThat(line.texts()).containsExactly("hello");
        assertThat(written).isNotDone();
        line.until(written::isDone);
        assertThat(written.join()).isEqualTo(200);
    }

    @Test
    void whatIsBroughtAgainAfterACrashShouldBeOneMessage() throws Exception {
        CompletableFuture<Integer> written = written("hello");
        line.commit(uncommitted()); // and then the process ends: no answer goes out
        centre.disconnect();
        line = line.restarted();
        line.until(written::isDone);
        assertThat(written.join()).isEqualTo(200);
        assertThat(line.texts()).containsExactly("hello");
    }

    @Test
    void whatIsBroughtAgainAfterALostSessionShouldBeOneMessage() throws Exception {
        CompletableFuture<Integer> written = written("hello");
        line.commit(uncommitted());
        centre.disconnect();
        line.untilThough(written::isDone);
        assertThat(written.join()).isEqualTo(200);
        assertThat(line.texts()).containsExactly("hello");
    }

    @Test
    void sameTextWrittenTwiceShouldBeTwoMessages() throws Exception {
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Integer> written = written("ok");
            line.until(written::isDone);
        }
        assertThat(line.texts()).containsExactly("ok", "ok");
    }

    @Test
    void sameTextWrittenAfterAStopInOrderShouldBeTwoMessages() throws Exception {
        CompletableFuture<Integer> first = written("ok");
        line.until(first::isDone);
        assertThat(SmppPosition.read(line.position).doubtful()).isNotEmpty();
        line.stop();
        assertThat(SmppPosition.read(line.position).doubtful()).isEmpty();
        line.awaitEnd(centre);
        line = line.restarted();
        CompletableFuture<Integer> second = written("ok");
        line.until(second::isDone);
        assertThat(line.texts()).containsExactly("ok", "ok");
    }

    @Test
    void sessionThatLivesOnShouldLeaveNothingInDoubt() throws Exception {
        CompletableFuture<Integer> written = written("ok");
        line.until(written::isDone);
        line.context.clock.move(Duration.ofSeconds(11));
        line.until(() -> SmppPosition.read(line.position).doubtful().isEmpty());
    }

    @Test
    void whatIsBroughtAgainAfterALateAnswerShouldBeOneMessage() throws Exception {
        CompletableFuture<Integer> first = written("slow");
        line.commit(uncommitted());
        line.context.clock.move(Duration.ofSeconds(6)); // by then a centre may have given up waiting
        line.until(first::isDone);
        CompletableFuture<Integer> again = written("slow");
        line.until(again::isDone);
        assertThat(line.texts()).containsExactly("slow");
        line.context.clock.move(Duration.ofMinutes(11));
        line.until(() -> SmppPosition.read(line.position).doubtful().isEmpty());
        CompletableFuture<Integer> later = written("slow");
        line.until(later::isDone);
        assertThat(line.texts()).containsExactly("slow", "slow");
    }

    @Test
    void piecesShouldBecomeOneMessageThoughTheProcessEndsBetweenThem() throws Exception {
        CompletableFuture<Integer> written = written(LONG);
        line.until(() -> !SmppPosition.read(line.position).waiting().isEmpty());
        for (int i = 0; i < 2; i++) {
            centre.disconnect();
            line = line.restarted();
            int before = SmppPosition.read(line.position).waiting().size();
            line.until(() -> written.isDone()
                    || SmppPosition.read(line.position).waiting().size() != before);
        }
        line.until(written::isDone);
        assertThat(written.join()).isEqualTo(200);
        assertThat(line.texts()).containsExactly(LONG);
        assertThat(SmppPosition.read(line.position).waiting()).isEmpty();
    }

    @Test
    void pieceThatDoesNotComeShouldLeaveAGap() throws Exception {
        centre.brings("4917000001", 0x40, 0, piece(2, "second"));
        line.until(() -> !SmppPosition.read(line.position).waiting().isEmpty());
        line.context.clock.move(Pieces.LONGEST);
        line.until(() -> !line.texts().isEmpty());
        assertThat(line.texts()).containsExactly(" […] second […] ");
    }

    @Test
    void receiptShouldBeLostByNoRestartAndCountOnce() throws Exception {
        line.until(() -> centre.logins() == 1);
        Outcome sent = line.send("k-1", ANA, "hello");
        line = line.restarted(); // nobody takes the receipt before
        line.until(() -> centre.logins() == 2);
        centre.disconnect();
        line = line.restarted();
        line.commit(uncommitted()); // and nobody answers it
        centre.disconnect();
        line = line.restarted();
        line.commit(uncommitted()); // so it comes again
        assertThat(line.receipts())
                .extracting(CustomerEvent.Receipt::externalId)
                .containsExactly(((Outcome.Sent) sent).externalId());
    }

    @Test
    void textShouldComeInMessagePayloadAndInPiecesWithoutAHeader() throws Exception {
        String text = "long ".repeat(100) + "😀";
        centre.brings(
                "4917000001",
                0,
                8,
                new byte[0],
                new OptionalParameter.Message_payload(text.getBytes(StandardCharsets.UTF_16BE)));
        for (int number = 1; number <= 2; number++) {
            centre.brings(
                    "4917000001",
                    0,
                    0,
                    ("part " + number + " ").getBytes(StandardCharsets.US_ASCII),
                    new OptionalParameter.Short(Tag.SAR_MSG_REF_NUM, (short) 7),
                    new OptionalParameter.Byte(Tag.SAR_TOTAL_SEGMENTS, (byte) 2),
                    new OptionalParameter.Byte(Tag.SAR_SEGMENT_SEQNUM, (byte) number));
        }
        line.until(() -> line.texts().size() == 2);
        assertThat(line.texts()).containsExactly(text, "part 1 part 2 ");
    }

    @Test
    void textByDataSmShouldBeTakenOnceThoughItComesAgain() throws Exception {
        byte[] text = "by data".getBytes(StandardCharsets.US_ASCII);
        centre.bringsData("4917000001", 0, 0, new OptionalParameter.Message_payload(text));
        uncommitted();
        line.commit(uncommitted());
        centre.disconnect();
        CompletableFuture<Integer> next = written("next");
        line.untilThough(next::isDone);
        assertThat(line.texts()).containsExactly("by data", "next");
    }

    private static byte[] piece(int number, String text) {
        byte[] octets = new byte[6 + text.length()];
        System.arraycopy(new byte[] {5, 0, 3, 7, 3, (byte) number}, 0, octets, 0, 6);
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, octets, 6, text.length());
        return octets;
    }
}
