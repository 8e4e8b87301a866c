// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.SendReply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message of several pieces, of which the provider takes the first alone. */
final class PartlySentTest {
    private static final Decision REPLY = new Decision(
            List.of(new SendReply("Hours", "closed", "en", "We are closed until Monday. Please be patient.", null)),
            List.of());

    @Test
    @DisplayName("a message whose rest is refused has failed, also when its beginning was delivered before")
    void theDeskIsToldThoughThePieceBeforeWasDelivered(@TempDir Path data) throws Exception {
        TestChannel channel = new TestChannel() {
            @Override
            public Limits limits(Account account) {
                return Limits.text(30, Limits.Unit.UTF_16).build();
            }
        };
        channel.outcomes.add(new Outcome.Sent("piece-1"));
        channel.outcomes.add(new Outcome.Retry(Reason.PROVIDER_DOWN, "down", Duration.ofMinutes(10)));
        channel.outcomes.add(new Outcome.Refused(Reason.CONTENT_REFUSED, "no more of it"));
        try (TestGateway test = new TestGateway(data, situation -> REPLY, channel, new TestDesk(), setup -> setup)) {
            assertThat(test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]"))
                    .isEqualTo(200);
            TestGateway.await("the first piece and the trouble", () -> channel.outcomes.size() == 1);
            assertThat(test.post(
                            "[{\"type\":\"receipt\",\"key\":\"r1\",\"lane\":\"ana\",\"at\":\"2026-11-21T10:00:00.000Z\","
                                    + "\"externalId\":\"piece-1\",\"status\":\"delivered\"}]"))
                    .isEqualTo(200);
            TestGateway.await("the receipt", () -> ours(test).status() == Status.DELIVERED);
            test.clock.move(Duration.ofMinutes(11));
            TestGateway.await("the end", () -> ours(test).status() == Status.FAILED);
            TestGateway.await("the desk's notice", () -> test.desk.sent.stream()
                    .map(ToDesk.class::cast)
                    .map(ToDesk::notice)
                    .anyMatch(told -> told.type() == DeskNotice.Type.DELIVERY_UPDATED
                            && told.data().message().status() == Status.FAILED));
        }
    }

    private static Message ours(TestGateway test) {
        return test.gateway
                .store()
                .read(tx -> tx.messages().byExternalId("shop", "piece-1").orElseThrow());
    }
}
