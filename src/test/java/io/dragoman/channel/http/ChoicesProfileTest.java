// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Choice;
import io.dragoman.model.Part.Choices;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Questions with choices as a profile says how: buttons or a list within its limits, a numbered text beyond them. */
final class ChoicesProfileTest {
    private static final String PROFILE = """
            name: Acme
            description: Messages through Acme.
            settings:
              proof: {type: secret, about: "What proves a request is authentic.", verifies: true}
              baseUrl: {type: url, about: "Where the API of Acme is.", default: "https://api.acme.example"}
            receive:
              verify: {token: {header: X-Key, setting: proof}}
              message:
                id: id
                from: from
                text: text
                choice: "pressed.{'id': data, 'title': label}"
            send:
              text:
                path: /send
                json: "{'to': to, 'text': text}"
              choices:
                path: /ask
                json: |
                  {"to": to, "question": choices.text, "list": choices.button,
                   "buttons": [choices.items.{"data": id, "label": title, "below": description}]}
              answer: {id: id}
            limits: {choices: {buttons: 2, rows: 4, text: 20, title: 8}}
            """;

    private final HttpChannel channel = channel();

    private static HttpChannel channel() {
        try {
            return Profiles.of(PROFILE);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<Part> rendered(String question, int count, String title) {
        List<Choice> choices = IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Choice("c" + i, title + i, null))
                .toList();
        Account account = Profiles.account(channel, Map.of("proof", "the-proof"));
        return Rendering.plan(channel.limits(account), List.of(new Choices(question, choices, null))).steps().stream()
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void choicesShouldGoAsButtonsAsAListOrAsNumberedTextByTheLimits() {
        assertThat(rendered("Which?", 2, "Yes"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Choices.class, buttons -> assertThat(buttons.button()).isNull());
        assertThat(rendered("Which?", 4, "Yes"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Choices.class, list -> assertThat(list.button()).isNotNull());
        assertThat(rendered("Which?", 5, "Yes"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Part.Text.class, text -> assertThat(text.text()).startsWith("Which?\n1. Yes1\n2. Yes2"));
        assertThat(rendered("Which?", 2, "A long title")).singleElement().isInstanceOf(Part.Text.class);
        assertThat(rendered("Which one of these two do you want?", 2, "Yes")).hasSize(2);
    }

    @Test
    void requestShouldBeThatOfTheProfile() throws Exception {
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{\"id\":\"p-1\"}")) {
            Account account = Profiles.account(
                    channel,
                    Map.of("proof", "the-proof", "baseUrl", provider.baseUrl().toString()));
            PlainTransport transport = new PlainTransport();
            Outcome outcome = channel.send(
                    account,
                    new ToCustomer(
                            "d-1",
                            "m-1",
                            "c-1",
                            "+4915550101",
                            List.of(new Choices("Which?", List.of(new Choice("a", "\"A\"", "the first")), "Menu")),
                            null,
                            null,
                            List.of(),
                            null,
                            false),
                    transport);
            assertThat(outcome).isEqualTo(new Outcome.Sent("p-1"));
            assertThat(transport.calls())
                    .extracting(call -> call.uri().getPath())
                    .containsExactly("/ask");
            assertThat(Json.tree(provider.bodies().get(0).getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(
                            Json.tree(("{\"to\":\"+4915550101\",\"question\":\"Which?\",\"list\":\"Menu\",\"buttons\":"
                                            + "[{\"data\":\"a\",\"label\":\"\\\"A\\\"\",\"below\":\"the first\"}]}")
                                    .getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void pickedChoiceShouldGoBeforeItsText() throws Exception {
        Account account = Profiles.account(channel, Map.of("proof", "the-proof"));
        assertThat(
                        parts(
                                account,
                                "{\"id\":\"1\",\"from\":\"+1\",\"text\":\"Yes\",\"pressed\":{\"data\":\"c1\",\"label\":\"Yes\"}}"))
                .containsExactly(new Part.ChoiceMade("c1", "Yes"));
        assertThat(parts(account, "{\"id\":\"1\",\"from\":\"+1\",\"pressed\":{\"data\":\"c1\"}}"))
                .containsExactly(new Part.ChoiceMade("c1", ""));
        assertThat(parts(account, "{\"id\":\"1\",\"from\":\"+1\",\"text\":\"Yes\"}"))
                .containsExactly(new Part.Text("Yes"));
        assertThat(parts(account, "{\"id\":\"1\",\"from\":\"+1\",\"text\":\"Yes\",\"pressed\":{}}"))
                .containsExactly(new Part.Text("Yes"));
    }

    private List<Part> parts(Account account, String body) throws Exception {
        Request request = new Request(
                Request.Origin.RECEIVED,
                "POST",
                "/channels/texts",
                "",
                Map.of("x-key", "the-proof"),
                body.getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-11-21T10:00:30Z"));
        return ((MessageReceived)
                        channel.read(account, channel.verify(account, request)).get(0))
                .parts();
    }
}
