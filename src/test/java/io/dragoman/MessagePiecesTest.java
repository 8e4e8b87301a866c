// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.http.server.HttpListener;
import io.dragoman.model.Part;
import io.dragoman.store.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pieces of a long message that come in requests of their own are one message for whoever reads it. */
final class MessagePiecesTest {
    @TempDir
    private Path data;

    private TestGateway test;

    @BeforeEach
    void start() throws HttpListener.PortInUse {
        test = new TestGateway(data);
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void piecesShouldBeJoinedInAnyOrderWithCopies() {
        piece("b", 2, "the middle ");
        piece("c", 3, "and the end");
        piece("b", 2, "the middle ");
        piece("b again", 2, "the middle "); // by an id of its own
        piece("a", 1, "The begin, ");
        assertThat(texts(1)).containsExactly("The begin, the middle and the end");
    }

    @Test
    void aRestartShouldLoseNoPiece() throws Exception {
        piece("c", 3, "three");
        piece("a", 1, "one, ");
        TestGateway.await("both pieces", () -> done() == 2);
        test.close();
        start();
        piece("b", 2, "two, ");
        assertThat(texts(1)).containsExactly("one, two, three");
    }

    @Test
    void aPieceThatNeverComesShouldBeToldAfterTheBound() {
        piece("b", 2, "in the middle");
        TestGateway.await("the piece", () -> done() == 1);
        assertThat(test.admin("/api/v1/conversations").path("conversations")).isEmpty();
        test.clock.move(Duration.ofMinutes(10));
        assertThat(texts(1)).containsExactly(" […] in the middle […] ");
        piece("a", 1, "late");
        TestGateway.await("the late piece", () -> done() == 3);
        test.clock.move(Duration.ofMinutes(10));
        assertThat(texts(2)).containsExactly(" […] in the middle […] ", "late […] ");
    }

    @Test
    void referenceThatIsUsedAnewShouldBeginAnotherMessage() {
        piece("a", 1, "old ");
        piece("a2", 1, "new ");
        piece("b2", 2, "and ");
        piece("c2", 3, "whole");
        assertThat(texts(2)).containsExactly("old  […] ", "new and whole");
    }

    private void piece(String id, int number, String text) {
        String event = """
                [{"type":"message.piece","message":{"type":"message.received","key":"%1$s","at":"2026-11-20T10:00:00Z",
                "sender":{"address":"ana","identities":[{"type":"test","value":"ana","verified":true}]},
                "externalId":"%1$s","parts":[{"type":"text","text":"%2$s"}],"threading":{"references":[]}},
                "reference":"17","number":%3$d,"total":3}]""";
        assertThat(test.post(event.formatted(id, text, number))).isEqualTo(200);
    }

    private long done() {
        return test.gateway.store().<Long>read(tx -> tx.events().counts().stream()
                .filter(count -> count.state() == Events.State.DONE)
                .mapToLong(Events.Count::events)
                .sum());
    }

    private List<String> texts(int count) {
        TestGateway.await(count + " messages", () -> shown().size() == count);
        return shown();
    }

    private List<String> shown() {
        return test.desk.sent.stream()
                .flatMap(sent ->
                        Objects.requireNonNull(((ToDesk) sent).notice().data().message()).parts().stream())
                .map(part -> ((Part.Text) part).text())
                .toList();
    }
}
