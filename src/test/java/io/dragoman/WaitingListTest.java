// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of those who wait for an answer. */
final class WaitingListTest {
    private static final String API = "/api/v1/";

    private TestGateway test;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        test = new TestGateway(data);
        for (String from : List.of("ana", "bea", "cleo")) {
            receive(from, "m1");
        }
        TestGateway.await("all of them", () -> list("").size() == 3);
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void conversationsShouldBeThoseThatWait() {
        assertThat(list("&waiting=true")).containsExactlyElementsOf(list(""));
        reply("bea");
        TestGateway.await("the answer", () -> !list("&waiting=true").contains("bea"));
        assertThat(list("&waiting=true")).containsExactlyInAnyOrder("ana", "cleo");
        assertThat(list("&waiting=true&limit=1")).containsExactlyElementsOf(list("&waiting=true"));
        assertThat(list("&waiting=false")).hasSize(3);
        receive("bea", "m2");
        TestGateway.await("the question", () -> list("&waiting=true").contains("bea"));
        assertThat(test.admin("GET", API + "conversations?waiting=true&q=a", null)
                        .statusCode())
                .isEqualTo(400);
    }

    private void receive(String from, String id) {
        assertThat(test.post("[{\"id\":\"" + from + id + "\",\"from\":\"" + from + "\",\"text\":\"hello\"}]"))
                .isEqualTo(200);
    }

    private void reply(String to) {
        JsonNode all = test.admin(API + "conversations").path("conversations");
        for (JsonNode one : all) {
            if (one.path("address").asText().equals(to)) {
                HttpResponse<String> answer = test.admin(
                        "POST",
                        API + "conversations/" + one.path("id").asText() + "/messages",
                        "{\"text\":\"soon\"}",
                        "Idempotency-Key",
                        "w1");
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            }
        }
    }

    /** The addresses of all pages. */
    private List<String> list(String which) {
        List<String> found = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = test.admin(API + "conversations?status=open" + which + next);
            page.path("conversations")
                    .forEach(one -> found.add(one.path("address").asText()));
            next = page.has("next") ? "&before=" + page.path("next").asText() : null;
        } while (next != null);
        return found;
    }
}
