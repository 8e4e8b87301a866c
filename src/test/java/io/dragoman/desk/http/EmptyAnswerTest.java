// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.Desk;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Response;
import io.dragoman.contract.SampleNotice;
import io.dragoman.model.DeskNotice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer that has nothing of what was asked for does not say that nothing is there: then it would be written twice. */
final class EmptyAnswerTest {
    private static final Map<String, String> KEPT =
            Map.of("person", "5", "customer", "5", "contact", "5", "user", "5", "account", "5", "me", "9");

    @ParameterizedTest
    @CsvSource({
        "freshdesk, []",
        "zammad, []",
        "zendesk, {\"comments\": []}",
        "freescout, {\"_embedded\": {\"threads\": []}}",
        "gorgias, {\"data\": []}",
        "intercom, {\"conversation_parts\": {\"conversation_parts\": []}}",
        "chatwoot, {\"payload\": []}"
    })
    void answerWithoutWhatWasAskedForShouldSettleNothing(String profile, String nothingThere) throws Exception {
        for (String none : List.of("{}", "null", "", "{\"status\": \"ok\"}", "<html>")) {
            assertThat(asked(profile, none)).as(none).isInstanceOf(DeliveryLookup.Unknown.class);
        }
        assertThat(asked(profile, nothingThere)).isInstanceOf(DeliveryLookup.Absent.class);
    }

    @SuppressWarnings("unchecked") // a desk is asked for what desks are sent
    private static DeliveryLookup.Answer asked(String profile, String answer) throws Exception {
        Desk desk = (Desk) new HttpDesk().profile(profile, Path.of("no-home"));
        PlainTransport transport = new PlainTransport() {
            @Override
            public Response http(HttpCall call) {
                return new Response(200, Map.of(), answer.getBytes(StandardCharsets.UTF_8));
            }
        };
        return ((DeliveryLookup<ToDesk>) desk)
                .lookUp(AnyAccount.of(desk), later(), Instant.parse("2026-11-21T10:02:00Z"), id -> false, transport);
    }

    /** A message in a conversation that has a ticket. */
    private static ToDesk later() {
        ToDesk told = SampleNotice.of("d-1", "The second");
        DeskNotice.Data data = told.notice().data();
        DeskNotice notice = new DeskNotice(
                told.notice().type(),
                told.notice().timestamp(),
                new DeskNotice.Data(
                        data.conversation().change().deskReference("81").build(),
                        data.contact(),
                        data.message(),
                        null,
                        null,
                        List.of()));
        return new ToDesk("d-1", notice, KEPT);
    }
}
