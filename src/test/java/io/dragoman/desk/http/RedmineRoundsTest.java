// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Many conversations through a real Redmine. */
final class RedmineRoundsTest extends PackagedDeskRounds {
    private Redmine desk;

    @Override
    PackagedDesk helpdesk() throws Exception {
        Assumptions.assumeTrue(Redmine.isInstalled(), "no redmine");
        desk = new Redmine();
        return desk;
    }

    @Override
    String account() {
        return "{kind: http, profile: redmine, baseUrl: \"" + desk.url("") + "\", apiKey: \""
                + desk.keys.get("dragoman") + "\", userId: " + desk.keys.get("dragoman-id")
                + ", project: support, role: " + desk.keys.get("role") + ", field: " + desk.keys.get("field")
                + ", domain: customers.test, pollEvery: 1s}";
    }

    @Override
    List<String> written(String issue) throws Exception {
        return desk.written(issue);
    }

    @Override
    void answers(String issue, String text) throws Exception {
        note(issue, Map.of("notes", text));
    }

    @Override
    void notes(String issue, String text) throws Exception {
        note(issue, Map.of("notes", text, "private_notes", true));
    }

    private void note(String issue, Map<String, Object> change) throws Exception {
        assertThat(desk.call("max", "PUT", "/issues/" + issue + ".json", Map.of("issue", change))
                        .status())
                .isEqualTo(204);
    }
}
