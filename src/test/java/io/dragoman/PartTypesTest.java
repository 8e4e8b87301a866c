// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.app.explain.StoryText;
import io.dragoman.connector.Limits;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.AgentMessage;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.contract.SampleNotice;
import io.dragoman.model.Card;
import io.dragoman.model.Carousel;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.SampleParts;
import io.dragoman.model.Structured;
import io.dragoman.rules.PartRules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type of part is known to everything that shows, reads or decides about parts. */
final class PartTypesTest {
    private static final Limits PLAINEST = Limits.text(1000, Limits.Unit.UTF_16).build();

    static Stream<Part> parts() {
        return SampleParts.ALL.stream();
    }

    @Test
    void everyTypeHasASampleHere() {
        assertThat(SampleParts.ALL.stream().map(Part::getClass).toArray())
                .containsExactlyInAnyOrder((Object[]) Part.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("parts")
    void renderingShowsItOrTellsTheLoss(Part part) {
        Rendering.Plan plan = Rendering.plan(PLAINEST, List.of(part));
        if (!plan.steps().equals(List.of(List.of(part)))) {
            assertThat(plan.losses()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("parts")
    void agentsCanSendItOrAreToldThatTheyCannot(Part part) throws MalformedPayload {
        String body = "{\"parts\":[" + Json.write(part) + "]}";
        JsonFields message = JsonFields.of(body.getBytes(StandardCharsets.UTF_8));
        Throwable refused = catchThrowable(() -> AgentMessage.parts(message));
        if (refused == null) {
            assertThat(AgentMessage.parts(message)).containsExactly(part);
        } else {
            assertThat(refused).isInstanceOf(MalformedPayload.class);
            assertThat(refused.getMessage())
                    .startsWith("parts[0].type is " + part.type() + ", which agents cannot send");
        }
    }

    @ParameterizedTest
    @MethodSource("parts")
    void rulesKnowIt(Part part) {
        assertThat(PartRules.matches(part, "{has: " + part.type() + "}")).isTrue();
        assertThat(PartRules.matches(part, "{if: 'message.parts[0].type == \"" + part.type() + "\"'}"))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("parts")
    void rulesSearchWhatIsWritten(Part part) {
        boolean words = part instanceof Part.Text
                || part instanceof Part.ChoiceMade
                || part instanceof Card
                || part instanceof Carousel
                || part instanceof Structured;
        assertThat(PartRules.matches(part, "{text: canary}")).isEqualTo(words);
    }

    @ParameterizedTest
    @MethodSource("parts")
    void explanationsShowIt(Part part) {
        assertThat(StoryText.show(part)).contains(part instanceof Part.Location ? "41.7" : "canary");
    }

    @ParameterizedTest
    @MethodSource("parts")
    void deskNoticesHoldIt(Part part) throws Exception {
        DeskNotice.Data sample = SampleNotice.of("k", "x").notice().data();
        Message message = sample.message().with(List.of(part));
        DeskNotice notice = new DeskNotice(
                DeskNotice.Type.MESSAGE_RECEIVED,
                SampleNotice.NOW,
                new DeskNotice.Data(sample.conversation(), sample.contact(), message, null, null, List.of()));
        byte[] json = Json.bytes(notice);
        JsonNode shown = Json.tree(json).at("/data/message/parts/0");
        assertThat(shown.path("type").asText()).isEqualTo(part.type()).matches("[a-z]+(-[a-z]+)*");
        assertThat(Json.read(json, DeskNotice.class)).isEqualTo(notice);
    }

    @Test
    void theApiDescribesEveryType() {
        assertThat(ApiDocument.words("Part/properties/type")).containsExactlyElementsOf(Part.types());
    }
}
