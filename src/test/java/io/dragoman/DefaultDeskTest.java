// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where conversations go unless a rule says otherwise, changed over the API. */
final class DefaultDeskTest {
    private static final String GATEWAY = "# ours\ndesk: first # the old one\nreopenWithin: 2d\n";

    private FiledGateway test;

    @BeforeEach
    void start(@TempDir Path home) throws Exception {
        String desks = "desks:\n  first: {kind: local}\n  second: {kind: local}\n";
        test = new FiledGateway(home, Map.of("channels", "channels:\n", "desks", desks, "gateway", GATEWAY));
    }

    @AfterEach
    void stop() {
        test.close();
    }

    private List<String> byDefault() throws IOException {
        List<String> found = new ArrayList<>();
        test.get("desks").forEach(desk -> {
            if (desk.path("defaultDesk").asBoolean()) {
                found.add(desk.path("id").asText());
            }
        });
        return found;
    }

    @Test
    void anotherDeskShouldBecomeTheDefaultInItsPlaceOfTheFile() throws Exception {
        assertThat(byDefault()).containsExactly("first");
        String before = test.read("gateway");
        assertThat(test.ask("PUT", "config/desks/second/default?dryRun=true", null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(test.read("gateway")).isEqualTo(before);
        HttpResponse<String> answer = test.ask("PUT", "config/desks/second/default", null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(FiledGateway.json(answer).path("reloaded").asBoolean()).isTrue();
        assertThat(test.read("gateway")).isEqualTo(before.replace("desk: first", "desk: second"));
        assertThat(byDefault()).containsExactly("second");
        TestGateway.await("the audit log", () -> audit().contains("desk.made-default"));
    }

    private String audit() {
        try {
            return test.get("audit").toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void deskThatIsNotThereShouldBeRefused() throws Exception {
        String before = test.read("gateway");
        HttpResponse<String> answer = test.ask("PUT", "config/desks/third/default", null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(answer.body()).contains("There is no desk with this id").doesNotContain("third");
        assertThat(test.read("gateway")).isEqualTo(before);
        assertThat(byDefault()).containsExactly("first");
    }
}
