// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outbound;
import io.dragoman.model.Conversation;
import io.dragoman.model.Json;
import io.dragoman.rules.Decision;
import io.dragoman.rules.action.Action;
import io.dragoman.rules.action.SetAssignee;
import io.dragoman.rules.action.SetAttribute;
import io.dragoman.rules.action.SetDesk;
import io.dragoman.rules.action.SetTeam;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules decide about a conversation is stored, told to the desk and answered by the API. */
final class DecidedConversationTest {
    private static final List<Action> ACTIONS =
            List.of(new SetTeam("billing"), new SetAssignee("mara"), new SetAttribute("order", "late"));

    @TempDir
    private Path data;

    @Test
    void actionsReachStoreDeskAndApi() throws Exception {
        try (TestGateway test = new TestGateway(data, situation -> new Decision(ACTIONS, List.of()))) {
            assertThat(test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"late\"}]"))
                    .isEqualTo(200);
            TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
            Conversation told =
                    ((Outbound.ToDesk) test.desk.sent.get(0)).notice().data().conversation();
            check(told);
            check(test.gateway
                    .store()
                    .read(tx -> tx.conversations().find(told.id()))
                    .orElseThrow()
                    .conversation());
            String answer = test.admin("GET", "/api/v1/conversations/" + told.id(), null)
                    .body();
            check(Json.convert(Json.mapper().readTree(answer).path("conversation"), Conversation.class));
        }
    }

    @Test
    void aDeskThatWasRemovedSinceTheRulesNamedItTakesNothing() throws Exception {
        Decision gone = new Decision(List.of(new SetDesk("gone")), List.of());
        try (TestGateway test = new TestGateway(data, situation -> gone)) {
            assertThat(test.post("[{\"id\":\"m1\",\"from\":\"ana\",\"text\":\"late\"}]"))
                    .isEqualTo(200);
            TestGateway.await("the notice", () -> !test.desk.sent.isEmpty());
            assertThat(((Outbound.ToDesk) test.desk.sent.get(0))
                            .notice()
                            .data()
                            .conversation()
                            .desk())
                    .isEqualTo("desk");
        }
    }

    private static void check(Conversation conversation) {
        assertThat(conversation.team()).isEqualTo("billing");
        assertThat(conversation.assignee()).isEqualTo("mara");
        assertThat(conversation.attributes()).containsExactly(Map.entry("order", "late"));
    }
}
