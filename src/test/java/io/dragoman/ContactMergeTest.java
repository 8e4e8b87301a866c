// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator merges two contacts and parts them again, over the admin port of a running gateway. */
final class ContactMergeTest {
    private static final String CONTACTS = "/api/v1/contacts/";

    @TempDir
    private Path data;

    @Test
    @DisplayName("after a merge both addresses reach the newer conversation, and after its undoing each its own")
    void operatorShouldMergeAndPart() throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            JsonNode ana = writes(test, "1", "ana");
            JsonNode anna = writes(test, "2", "anna");
            String older = ana.path("contact").asText();
            String younger = anna.path("contact").asText();
            HttpResponse<String> merged = post(test, younger + "/merge", "{\"contact\":\"" + older + "\"}");
            assertThat(merged.statusCode()).isEqualTo(200);
            assertThat(merged.body()).isEqualTo("{\"survivor\":\"" + older + "\",\"merged\":\"" + younger + "\"}");

            JsonNode again = writes(test, "3", "ana");
            assertThat(again.path("id")).isEqualTo(anna.path("id"));
            assertThat(again.path("contact").asText()).isEqualTo(older);
            String story = test.admin("/api/v1/messages/" + message(test, again) + "/explain")
                    .toString();
            assertThat(story).contains("\"why\":\"by an operator\"", "\"merged\":\"" + younger + "\"");

            assertThat(post(test, younger + "/merge", "{\"contact\":\"" + older + "\"}")
                            .statusCode())
                    .isEqualTo(409);
            assertThat(post(test, older + "/merge", "{\"contact\":\"" + older + "\"}")
                            .statusCode())
                    .isEqualTo(409);
            assertThat(post(test, older + "/merge", "{\"contact\":\"nobody\"}").statusCode())
                    .isEqualTo(404);
            assertThat(post(test, older + "/merge", "{}").statusCode()).isEqualTo(400);
            assertThat(post(test, older + "/unmerge", "{}").statusCode()).isEqualTo(409);
            assertThat(post(test, younger + "/unmerge", "{}").statusCode()).isEqualTo(200);
            // ana wrote last in it: it is hers now, and no answer in it may go to anna, or the other way round
            JsonNode hers = writes(test, "4", "ana");
            assertThat(hers.path("id")).isEqualTo(anna.path("id"));
            assertThat(hers.path("contact").asText()).isEqualTo(older);
            JsonNode apart = writes(test, "5", "anna");
            assertThat(apart.path("id")).isNotIn(ana.path("id"), anna.path("id"));
            assertThat(apart.path("contact").asText()).isEqualTo(younger);
        }
    }

    private static JsonNode writes(TestGateway test, String id, String from) {
        assertThat(test.post("[{\"id\":\"" + id + "\",\"from\":\"" + from + "\",\"text\":\"hello\"}]"))
                .isEqualTo(200);
        TestGateway.await("message " + id, () -> conversation(test, id) != null);
        return java.util.Objects.requireNonNull(conversation(test, id));
    }

    private static @Nullable JsonNode conversation(TestGateway test, String externalId) {
        return test.gateway
                .store()
                .read(tx -> tx.messages().byExternalId("shop", externalId))
                .map(message -> test.admin("/api/v1/conversations/" + message.conversation())
                        .path("conversation"))
                .orElse(null);
    }

    private static String message(TestGateway test, JsonNode conversation) {
        return test.admin("/api/v1/conversations/" + conversation.path("id").asText() + "/messages")
                .at("/messages/0/id")
                .asText();
    }

    private static HttpResponse<String> post(TestGateway test, String path, String body) {
        return test.admin("POST", CONTACTS + path, body);
    }
}
