// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Part.Text;
import io.dragoman.model.Reason;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.x.XSimulator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Films that are sent to X, at its simulator. */
final class FilmUploadTest {
    private final X x = new X();
    private final XSimulator simulator = new XSimulator(0);
    private final PlainTransport wire = new PlainTransport();

    @AfterEach
    void close() {
        simulator.close();
    }

    private Outcome send(byte[] bytes) {
        wire.put("stored", bytes);
        Media film = new Media(MediaKind.VIDEO, "video/mp4", "a.mp4", (long) bytes.length, null, "stored", null);
        return x.send(
                XAccounts.of(simulator), XAccounts.message(simulator.userId("Ana"), film, new Text("look")), wire);
    }

    @Test
    void filmsShouldGoInPiecesAndBeSentOnceTheyAreProcessed() {
        byte[] film = new byte[9 << 20];
        Outcome waiting = new Outcome.Retry(Reason.MEDIA_REFUSED, "X still processes the film", Duration.ofSeconds(2));
        assertThat(send(film)).isEqualTo(waiting);
        assertThat(wire.calls())
                .extracting(call -> call.uri().getPath().replaceAll("/\\d{5,}", "/id"))
                .containsExactly(
                        "/2/media/upload/initialize",
                        "/2/media/upload/id/append",
                        "/2/media/upload/id/append",
                        "/2/media/upload/id/append",
                        "/2/media/upload/id/finalize");
        assertThat(send(film)).as("asked, and not uploaded again").isEqualTo(waiting);
        assertThat(wire.calls()).hasSize(6);
        assertThat(send(film)).isInstanceOf(Outcome.Sent.class);
        assertThat(simulator.delivered()).extracting(Delivered::customer).containsExactly("Ana");
        assertThat(x.limits(XAccounts.of(simulator))
                        .media()
                        .get(MediaKind.VIDEO)
                        .takes("video/mp4"))
                .isTrue();
    }

    @Test
    void filmsThatCannotBeProcessedShouldBeRefused() {
        byte[] broken = "broken film".getBytes(StandardCharsets.UTF_8);
        send(broken);
        send(broken);
        assertThat(send(broken)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reason())
                .isEqualTo(Reason.MEDIA_REFUSED));
        assertThat(simulator.delivered()).isEmpty();
    }

    @Test
    void filmsThatXForgotShouldBeUploadedAgain() {
        byte[] film = {1, 2, 3};
        send(film);
        simulator.answerNext(404, Map.of(), "{}");
        send(film);
        int before = wire.calls().size();
        send(film);
        assertThat(wire.calls().get(before).uri().getPath()).isEqualTo("/2/media/upload/initialize");
    }
}
