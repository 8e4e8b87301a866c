// SPDX-License-Identifier: Apache-2.0
package io.dragoman.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Request;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Event;
import io.dragoman.model.Identity;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.store.Events.Arrived;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArrivalRecordTest {
    private static final int LARGE = 100_000;
    private static final Instant AT = Instant.parse("2026-11-30T10:00:00.123Z");
    private static final Request REQUEST = new Request(
            Request.Origin.RECEIVED,
            "POST",
            "/channels/shop",
            "a=b",
            Map.of("x-signature", "00ff"),
            new byte[] {0, 1, (byte) 0xFF, '{'},
            AT);
    private static final List<Event> EVENTS = List.of(
            CustomerEvent.MessageReceived.of(
                    "m1",
                    AT,
                    new CustomerEvent.Sender("ana", List.of(new Identity("test", "ana", true)), "Ana", null),
                    "m1",
                    List.of(new Part.Text("გამარჯობა \u0000 \uD83D\uDE00")),
                    null),
            new DeskEvent.ConversationClosed("c1", AT, "0190"),
            new Ignored("i1", AT, "nothing", "it says nothing"));

    @Test
    void whatIsWrittenShouldBeReadAsItWas() throws Exception {
        Arrived arrived = new Arrived("shop", REQUEST, REQUEST.body(), null, "ab12", EVENTS, "a part is unknown");
        Arrived read = ArrivalRecord.read(ArrivalRecord.write(arrived, LARGE)).arrived();
        assertThat(read.events()).isEqualTo(EVENTS);
        assertThat(read.body()).isEqualTo(REQUEST.body());
        assertThat(read.request().body()).isEqualTo(REQUEST.body());
        assertThat(read.request().headers()).isEqualTo(REQUEST.headers());
        assertThat(read.request())
                .usingRecursiveComparison()
                .ignoringFields("body")
                .isEqualTo(REQUEST);
        assertThat(List.of(read.source(), read.sha256(), String.valueOf(read.unread())))
                .containsExactly("shop", "ab12", "a part is unknown");
    }

    @Test
    void bodyInAFileShouldStayThere() throws Exception {
        Arrived read = ArrivalRecord.read(ArrivalRecord.write(
                        new Arrived("shop", REQUEST, null, "file-name", "ab12", List.of(), null), LARGE))
                .arrived();
        assertThat(read.body()).isNull();
        assertThat(read.bodyFile()).isEqualTo("file-name");
        assertThat(read.request().body()).isEmpty();
    }

    @Test
    void eventsWithoutRoomShouldBeReadAgain() throws Exception {
        ArrivalRecord.Read read = ArrivalRecord.read(ArrivalRecord.write(
                new Arrived("shop", REQUEST, REQUEST.body(), null, "ab12", EVENTS, "a part is unknown"), 10));
        assertThat(read.again()).isTrue();
        assertThat(read.arrived().events()).isEmpty();
        assertThat(read.arrived().body()).isEqualTo(REQUEST.body());
        assertThat(read.arrived().unread()).isEqualTo("a part is unknown");
    }

    @Test
    void newerVersionShouldWaitForANewerGateway() {
        byte[] bytes = bytes();
        bytes[4] = ArrivalRecord.VERSION + 1;
        assertThatThrownBy(() -> ArrivalRecord.read(bytes)).isInstanceOf(ArrivalRecord.TooNew.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "DRGN",
                "{\"order\": 1}",
                "DRGN\u0001\u0000\u0000\u0000\u0002{}",
                "DRGN\u0001\u0000\u0000\u0000\u0002[]",
                "DRGN\u0001\u0000\u0000\u0000\u0009{}",
                "DRGN\u0001\u007F\u0000\u0000\u0002{}"
            })
    void otherBytesShouldBeUnreadable(String bytes) {
        assertThatThrownBy(() -> ArrivalRecord.read(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(ArrivalRecord.Unreadable.class);
    }

    /** Whatever the damage: it is told, or nothing that was read is missing. */
    @Test
    void damagedBytesShouldNeverCauseAnythingElse() {
        byte[] whole = bytes();
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x55;
            for (byte[] one : List.of(damaged, Arrays.copyOf(whole, i))) {
                try {
                    assertThat(ArrivalRecord.read(one).arrived().source()).isNotNull();
                } catch (ArrivalRecord.Unreadable | ArrivalRecord.TooNew e) {
                    assertThat(e).hasMessageNotContaining("Ana");
                }
            }
        }
    }

    private static byte[] bytes() {
        return ArrivalRecord.write(new Arrived("shop", REQUEST, REQUEST.body(), null, "ab12", EVENTS, null), LARGE);
    }
}
