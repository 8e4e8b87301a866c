// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.model.Conversation.Priority;
import io.dragoman.model.Json;
import io.dragoman.rules.Decision.Check;
import io.dragoman.rules.Decision.Considered;
import io.dragoman.rules.action.AddNote;
import io.dragoman.rules.action.AddTag;
import io.dragoman.rules.action.CloseConversation;
import io.dragoman.rules.action.DropMessage;
import io.dragoman.rules.action.SendReply;
import io.dragoman.rules.action.SetAssignee;
import io.dragoman.rules.action.SetAttribute;
import io.dragoman.rules.action.SetDesk;
import io.dragoman.rules.action.SetPriority;
import io.dragoman.rules.action.SetTeam;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decisions are stored with their messages, and are read as long as the messages are. */
final class DecisionTest {
    private static final List<Considered> RULES = List.of(new Considered(
            "Refunds", true, List.of(new Check("text.any: refund", true, "'refund' found")), List.of("adds a note")));

    private static final Decision DECISION = new Decision(
            List.of(
                    new SendReply("Refunds", "thanks", "en", "We look into it.", null),
                    new SendReply("Hours", "closed", "en", "", "enough replies today"),
                    new SetTeam("billing"),
                    new SetAssignee("mara"),
                    new SetPriority(Priority.HIGH),
                    new SetDesk("billing-desk"),
                    new DropMessage("spam"),
                    new AddTag("refund"),
                    new AddTag("vip"),
                    new SetAttribute("order", "late"),
                    new CloseConversation(),
                    new AddNote("Check the order first.")),
            RULES);

    /** What there was before there were assignees and attributes. */
    private static final Decision FIRST = new Decision(
            DECISION.actions().stream()
                    .filter(action -> !(action instanceof SetAssignee || action instanceof SetAttribute))
                    .toList(),
            RULES);

    private static final String RULES_JSON = "\"rules\":[{\"rule\":\"Refunds\",\"matched\":true,\"checks\":["
            + "{\"condition\":\"text.any: refund\",\"passed\":true,\"why\":\"'refund' found\"}],"
            + "\"actions\":[\"adds a note\"]}]";

    @Test
    void theStoredFormStaysAsItIs() {
        String stored = "{\"actions\":["
                + "{\"type\":\"reply\",\"rule\":\"Refunds\",\"reply\":\"thanks\",\"language\":\"en\",\"text\":\"We look into it.\"},"
                + "{\"type\":\"reply\",\"rule\":\"Hours\",\"reply\":\"closed\",\"language\":\"en\",\"text\":\"\",\"suppressed\":\"enough replies today\"},"
                + "{\"type\":\"team\",\"team\":\"billing\"},"
                + "{\"type\":\"assignee\",\"assignee\":\"mara\"},"
                + "{\"type\":\"priority\",\"priority\":\"high\"},"
                + "{\"type\":\"desk\",\"desk\":\"billing-desk\"},"
                + "{\"type\":\"drop\",\"reason\":\"spam\"},"
                + "{\"type\":\"tag\",\"tag\":\"refund\"},"
                + "{\"type\":\"tag\",\"tag\":\"vip\"},"
                + "{\"type\":\"attribute\",\"name\":\"order\",\"value\":\"late\"},"
                + "{\"type\":\"close\"},"
                + "{\"type\":\"note\",\"note\":\"Check the order first.\"}],"
                + RULES_JSON + "}";
        assertThat(Json.write(DECISION)).isEqualTo(stored);
        assertThat(Json.read(stored, Decision.class)).isEqualTo(DECISION);
    }

    @Test
    void theFirstStoredFormIsRead() {
        String stored = "{\"team\":\"billing\",\"tags\":[\"refund\",\"vip\"],\"priority\":\"high\","
                + "\"desk\":\"billing-desk\",\"drop\":\"spam\",\"close\":true,\"notes\":[\"Check the order first.\"],"
                + "\"replies\":[{\"rule\":\"Refunds\",\"reply\":\"thanks\",\"language\":\"en\",\"text\":\"We look into it.\"},"
                + "{\"rule\":\"Hours\",\"reply\":\"closed\",\"language\":\"en\",\"text\":\"\",\"suppressed\":\"enough replies today\"}],"
                + RULES_JSON + "}";
        assertThat(Json.read(stored, Decision.class)).isEqualTo(FIRST);
        assertThat(Json.read("{\"tags\":[],\"close\":false,\"notes\":[],\"replies\":[],\"rules\":[]}", Decision.class))
                .isEqualTo(Decision.NOTHING);
    }

    @Test
    void anActionOfANewerProgramIsToldByName() {
        assertThatThrownBy(() -> Json.read("{\"actions\":[{\"type\":\"dance\"}],\"rules\":[]}", Decision.class))
                .hasMessageContaining("there is no action of the type dance");
    }

    @Test
    void valuesLeaveOutWhatIsSuppressed() {
        assertThat(DECISION.values("reply")).containsExactly("thanks");
        assertThat(DECISION.values("tags")).containsExactly("refund", "vip");
        assertThat(DECISION.values("dance")).isEmpty();
        assertThat(DECISION.subjects())
                .containsExactly(
                        "reply",
                        "team",
                        "assignee",
                        "priority",
                        "desk",
                        "drop",
                        "tags",
                        "attribute order",
                        "close",
                        "note");
    }
}
