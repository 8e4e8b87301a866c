// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.rules.Decision;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a preview shows is what is sent. */
final class PreviewTest {
    private static final String API = "/api/v1/channels/";
    private static final String MESSAGE =
            "{\"parts\":[{\"type\":\"text\",\"text\":\"We are closed until Monday. Please be"
                    + " patient.\"},{\"type\":\"choices\",\"text\":\"Shall we call?\",\"choices\":[{\"id\":\"y\",\"title\":\"Yes\"},"
                    + "{\"id\":\"n\",\"title\":\"No\"}]}]}";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("a preview has the pieces that the same message then goes out in")
    void previewShouldShowWhatIsSent() throws Exception {
        TestChannel channel = new TestChannel() {
            @Override
            public Limits limits(Account account) {
                return Limits.text(30, Limits.Unit.UTF_16)
                        .replyWindow(Duration.ofHours(24))
                        .build();
            }
        };
        try (TestGateway test = new TestGateway(
                folder, situation -> new Decision(List.of(), List.of()), channel, new TestDesk(), setup -> setup)) {
            HttpResponse<String> answer = test.admin("POST", API + "shop/preview", MESSAGE);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode preview = Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
            assertThat(preview.path("losses").toString()).contains("they go as a numbered list");
            assertThat(preview.path("replyWindow").asText()).isEqualTo("PT24H");
            assertThat(preview.at("/steps/0").has("shortMessages")).isFalse();

            assertThat(test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"hello\"}]"))
                    .isEqualTo(200);
            TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
            String conversation = test.admin("/api/v1/conversations")
                    .at("/conversations/0/id")
                    .asText();
            assertThat(test.admin(
                                    "POST",
                                    "/api/v1/conversations/" + conversation + "/messages",
                                    MESSAGE,
                                    "Idempotency-Key",
                                    "1")
                            .statusCode())
                    .isEqualTo(202);
            int pieces = preview.path("steps").size();
            assertThat(pieces).isGreaterThan(2);
            TestGateway.await("all pieces", () -> channel.sent.size() == pieces);
            for (int i = 0; i < pieces; i++) {
                ToCustomer sent = (ToCustomer) channel.sent.get(i);
                assertThat(sent.parts())
                        .containsExactly(
                                Json.mapper().convertValue(preview.at("/steps/" + i + "/parts"), Part[].class));
            }
            assertThat(test.admin("POST", API + "nowhere/preview", MESSAGE).statusCode())
                    .isEqualTo(404);
            assertThat(test.admin("POST", API + "shop/preview", "{}").statusCode())
                    .isEqualTo(400);
            assertThat(test.admin("POST", API + "shop/preview", "{\"parts\":[{\"type\":\"hologram\"}]}")
                            .body())
                    .contains("parts[0].type");
        }
    }
}
