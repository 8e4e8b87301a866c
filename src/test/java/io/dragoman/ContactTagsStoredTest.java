// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Outbound;
import io.dragoman.model.Json;
import io.dragoman.rules.RuleBook;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Yaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rule marks a contact with is stored, and told the desk. */
final class ContactTagsStoredTest {
    private static final String RULES = """
            rules:
              - {name: a, when: {text: gold}, contact: {tags: [vip]}}
              - {name: b, when: {contact: {tags: vip}}, priority: high}
            """;

    @TempDir
    private Path data;

    @Test
    void laterMessagesAndTheDeskSeeTheTags() throws Exception {
        RuleBook rules = RuleBook.read(
                RuleFiles.of(Yaml.read("rules.yaml", RULES, new Problems()).orElseThrow(), null, null),
                Set.of(),
                Set.of(),
                new Problems());
        try (TestGateway test = new TestGateway(data, rules::decide)) {
            test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"gold\"}]");
            TestGateway.await("the first notice", () -> test.desk.sent.size() == 1);
            test.post("[{\"id\":\"m2\",\"from\":\"ana\",\"text\":\"hello\"}]");
            TestGateway.await("the second notice", () -> test.desk.sent.size() == 2);
            List<JsonNode> notices = test.desk.sent.stream()
                    .map(sent -> Json.mapper().<JsonNode>valueToTree(((Outbound.ToDesk) sent).notice()))
                    .toList();
            assertThat(notices.get(0).at("/data/contact/tags").toString()).isEqualTo("[\"vip\"]");
            assertThat(notices.get(0).at("/data/conversation/priority").asText())
                    .isEqualTo("normal");
            assertThat(notices.get(1).at("/data/contact/tags").toString()).isEqualTo("[\"vip\"]");
            assertThat(notices.get(1).at("/data/conversation/priority").asText())
                    .isEqualTo("high");
        }
    }
}
