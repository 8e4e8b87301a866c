// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.model.Card;
import io.dragoman.model.Carousel;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.SampleParts;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The route JSON of docs/routes.md: what goes out. */
final class SenderTest {
    private static final Account ACCOUNT = new Account(
            Side.CHANNEL,
            "fax",
            "route",
            Map.of(),
            false,
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key")));
    /** What agents cannot send, so that it never goes out as it is. */
    private static final Set<String> AS_TEXT = Set.of("choice", "structured", "unsupported");

    static Stream<Part> parts() {
        return SampleParts.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("parts")
    void everyTypeOfPartShouldGoOutWholeOrWithItsLossTold(Part part) throws Exception {
        Rendering.Plan plan = Rendering.plan(new RouteChannel().limits(ACCOUNT), List.of(part));
        assertThat(plan.steps()).hasSize(1);
        JsonNode shown = write(plan.steps().get(0)).at("/parts/0");
        if (AS_TEXT.contains(part.type())) {
            assertThat(plan.losses()).isNotEmpty();
            assertThat(shown.path("text").asText()).contains("canary");
        } else {
            assertThat(plan.losses()).isEmpty();
            assertThat(Json.convert(shown, Part.class)).isEqualTo(part);
        }
    }

    @ParameterizedTest
    @MethodSource("parts")
    void everyTypeOfPartShouldBeSaidInWordsToo(Part part) throws Exception {
        boolean wordless = part instanceof Part.Media || part instanceof Part.Template;
        String text = write(List.of(part)).path("text").asText();
        if (wordless) {
            assertThat(text).isEmpty();
        } else {
            assertThat(text).contains("canary");
        }
    }

    @Test
    void wordsOfCardsShouldHaveTheirButtons() throws Exception {
        Card card = new Card(
                "Shoe",
                "light",
                null,
                List.of(
                        new Card.Button("Buy", "buy", null),
                        new Card.Button("More", null, "https://shop.example.com/")));
        assertThat(write(List.of(new Carousel("Ours", List.of(card))))
                        .path("text")
                        .asText())
                .isEqualTo("Ours\nShoe\nlight\nMore: https://shop.example.com/\n1. Buy");
    }

    private static JsonNode write(List<Part> parts) throws IOException {
        return Json.tree(
                Sender.write(new ToCustomer("k", "m", "c", "ana", parts, null, null, List.of(), "Max", false)));
    }
}
