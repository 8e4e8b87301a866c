// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One contact's way: all that happened is on it once, in order, with its time, whatever the size of a page. */
final class ContactTimelineTest {
    private static final String API = "/api/v1/";

    @Test
    void timelineShouldTellReactionsClosingsAndReopenings(@TempDir Path data) throws Exception {
        try (TestGateway test = new TestGateway(data)) {
            assertThat(test.post("[{\"id\":\"m1\",\"from\":\"cleo\",\"text\":\"hello\"}]"))
                    .isEqualTo(200);
            TestGateway.await("the message", () -> !conversations(test).isEmpty());
            JsonNode shown = conversations(test).get(0);
            String id = shown.at("/id").asText();
            String contact = shown.at("/contact").asText();
            act(test, id, "close", null, "closed", contact);
            act(test, id, "reopen", null, "reopened", contact);
            act(test, id, "messages", "{\"text\":\"and now\"}", "and now", contact);
            String heart =
                    "[{\"type\":\"message.reaction\",\"key\":\"h1\",\"lane\":\"cleo\",\"at\":\"%s\",\"externalId\":\"m1\",\"emoji\":\"❤\"}]";
            assertThat(test.post(heart.formatted(test.clock.instant()))).isEqualTo(200);
            TestGateway.await(
                    "the reaction", () -> timeline(test, contact, 50).toString().contains("❤"));
            List<String> all = timeline(test, contact, 50);
            assertThat(all.stream().map(one -> one.substring(one.indexOf(' ') + 1)))
                    .containsExactlyInAnyOrder(
                            "message in hello",
                            "message out and now",
                            "reaction  ❤",
                            "conversation started",
                            "conversation closed",
                            "conversation reopened");
            assertThat(all)
                    .isSortedAccordingTo(Comparator.comparing((String one) -> one.split(" ")[0])
                            .reversed());
            assertThat(timeline(test, contact, 1)).containsExactlyElementsOf(all);
        }
    }

    private static JsonNode conversations(TestGateway test) {
        return test.admin(API + "conversations").path("conversations");
    }

    private static void act(
            TestGateway test, String id, String what, @Nullable String body, String until, String contact) {
        test.admin("POST", API + "conversations/" + id + "/" + what, body, "Idempotency-Key", until.replace(' ', '-'));
        TestGateway.await(until, () -> timeline(test, contact, 50).toString().contains(until));
    }

    private static List<String> timeline(TestGateway test, String contact, int limit) {
        List<String> entries = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = test.admin(API + "contacts/" + contact + "/timeline?work=false&limit=" + limit + next);
            page.path("entries").forEach(one -> entries.add(line(one)));
            next = page.has("next") ? "&before=" + page.path("next").asText() : null;
        } while (next != null);
        return entries;
    }

    private static String line(JsonNode one) {
        String what = one.has("what")
                ? one.path("what").asText()
                : one.path("direction").asText();
        return (one.path("at").asText() + " " + one.path("kind").asText() + " " + what + " "
                        + one.path("text").asText())
                .strip();
    }
}
