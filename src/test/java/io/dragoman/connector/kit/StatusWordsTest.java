// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Receipt;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatusWordsTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final StatusWords WORDS = StatusWords.of("Acme")
            .with(Status.SENT, "SENT")
            .with(Status.FAILED, "LOST", "REFUSED")
            .silent("PENDING");
    private static final ErrorCodes<Integer> CODES =
            ErrorCodes.<Integer>of("Acme").refused(Reason.RECIPIENT_UNKNOWN, "", 7);

    @Test
    void failureHasItsReasonAndSaysWhichCodeItWas() throws Exception {
        assertThat(receipt("LOST", 7))
                .containsExactly(new Receipt(
                        "id-1|LOST", "+372", AT, "id-1", Status.FAILED, Reason.RECIPIENT_UNKNOWN, "Acme error 7"));
        assertThat(receipt("REFUSED", 0))
                .containsExactly(
                        new Receipt("id-1|REFUSED", "+372", AT, "id-1", Status.FAILED, null, "Acme status REFUSED"));
    }

    @Test
    void whatDidNotFailHasNoReasonWhateverTheCode() throws Exception {
        assertThat(receipt("SENT", 7))
                .containsExactly(new Receipt("id-1|SENT", "+372", AT, "id-1", Status.SENT, null, null));
    }

    @Test
    void silentWordsTellNothingAndOthersAreRefused() throws Exception {
        assertThat(receipt("PENDING", 0)).extracting(Object::toString).containsExactly("Ignored[status.PENDING]");
        assertThatThrownBy(() -> receipt("sent", 0))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("Acme");
    }

    @Test
    void aWordStandsOnceInTheTable() {
        assertThatThrownBy(() -> WORDS.with(Status.DELIVERED, "SENT"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SENT stands twice");
    }

    private static List<CustomerEvent> receipt(String word, int code) throws MalformedPayload {
        return WORDS.receipt("id-1", word, "+372", AT, CODES, code);
    }
}
