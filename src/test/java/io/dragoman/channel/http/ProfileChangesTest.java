// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.Rendering;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageDeleted;
import io.dragoman.model.CustomerEvent.MessageEdited;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Reaction;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What customers do to messages, and places, as a profile says where they stand. */
final class ProfileChangesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
    private static final Instant LATER = Instant.parse("2026-11-22T10:00:30Z");
    private static final String PROFILE = """
            name: Acme
            description: Chats through Acme.
            settings:
              proof: {type: secret, about: "What proves a request is authentic.", verifies: true}
            receive:
              verify: {token: {header: X-Token, setting: proof}}
              message: {id: id, from: from, text: text, location: place}
              edited: {when: event = 'edited', id: id, from: from, at: at, text: text}
              deleted: {when: event = 'deleted', id: id, from: from}
              reaction: {when: event = 'reaction', id: id, from: from, emoji: emoji}
            """;

    private static CustomerEvent read(String profile, String body, Instant at) throws Exception {
        HttpChannel acme = Profiles.of(profile);
        Account account = Profiles.account(acme, Map.of("proof", "word"));
        Request request = new Request(
                Request.Origin.RECEIVED,
                "POST",
                "/channels/texts",
                "",
                Map.of("X-Token", "word"),
                body.getBytes(StandardCharsets.UTF_8),
                at);
        List<CustomerEvent> events = acme.read(account, acme.verify(account, request));
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static CustomerEvent read(String body) throws Exception {
        return read(PROFILE, body, NOW);
    }

    @Test
    void changesShouldNameTheirMessageAndStandInTheSendersLane() throws Exception {
        assertThat(read("{'event':'edited','id':7,'from':'4915550101','at':1795255200,'text':'Hello'}"
                        .replace('\'', '"')))
                .isInstanceOfSatisfying(MessageEdited.class, edited -> {
                    assertThat(edited.externalId()).isEqualTo("7");
                    assertThat(edited.lane()).isEqualTo("+4915550101");
                    assertThat(edited.at()).isEqualTo(Instant.ofEpochSecond(1795255200));
                    assertThat(edited.parts()).containsExactly(new Part.Text("Hello"));
                });
        assertThat(read("{\"event\":\"deleted\",\"id\":7,\"from\":\"4915550101\"}"))
                .isInstanceOfSatisfying(MessageDeleted.class, deleted -> {
                    assertThat(deleted.externalId()).isEqualTo("7");
                    assertThat(deleted.at()).isEqualTo(NOW);
                });
        assertThat(read(reaction("👍"))).isInstanceOfSatisfying(Reaction.class, reaction -> {
            assertThat(reaction.externalId()).isEqualTo("7");
            assertThat(reaction.emoji()).isEqualTo("👍");
        });
        assertThat(read("{\"event\":\"reaction\",\"id\":7,\"from\":\"4915550101\"}"))
                .isInstanceOfSatisfying(
                        Reaction.class, reaction -> assertThat(reaction.emoji()).isEmpty());
        assertThat(read("{\"id\":7,\"from\":\"4915550101\",\"text\":\"Hi\"}")).isInstanceOf(MessageReceived.class);
    }

    private static String reaction(String emoji) {
        return "{\"event\":\"reaction\",\"id\":7,\"from\":\"4915550101\",\"emoji\":\"" + emoji + "\"}";
    }

    @Test
    void copiesShouldHaveOneKeyAndOtherChangesAnother() throws Exception {
        assertThat(read(PROFILE, reaction("👍"), LATER).key())
                .isEqualTo(read(reaction("👍")).key());
        assertThat(read(reaction("👎")).key()).isNotEqualTo(read(reaction("👍")).key());
    }

    @Test
    void whoeverIsNoNumberShouldHaveTheirOwnLane() throws Exception {
        assertThat(read(PROFILE + "identity: acme\n", reaction("👍"), NOW).lane())
                .isEqualTo("4915550101");
    }

    @Test
    void whatIsMissingShouldBeMalformedOrAnErrorOfTheProfile() {
        assertThatThrownBy(() -> read("{\"event\":\"deleted\",\"from\":\"4915550101\"}"))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("deleted.id");
        assertThatThrownBy(() -> Profiles.of(PROFILE.replace("when: event = 'deleted', ", "")))
                .isInstanceOfSatisfying(InvalidProfile.class, invalid -> assertThat(invalid.faults())
                        .singleElement()
                        .satisfies(fault ->
                                assertThat(fault.message()).contains("is missing. It tells this from a message")));
    }

    @Test
    void placeShouldBeALocationAndANonsensicalOneNone() throws Exception {
        String place =
                "{\"id\":7,\"from\":\"4915550101\",\"place\":{\"latitude\":%s,\"longitude\":13.4,\"name\":\"Shop\"}}";
        assertThat(((MessageReceived) read(place.formatted("52.5"))).parts())
                .containsExactly(new Part.Location(52.5, 13.4, "Shop", null));
        assertThat(((MessageReceived) read(place.formatted("152.5"))).parts())
                .noneMatch(Part.Location.class::isInstance);
        assertThat(((MessageReceived) read("{\"id\":7,\"from\":\"4915550101\",\"place\":\"here\",\"text\":\"Hi\"}"))
                        .parts())
                .containsExactly(new Part.Text("Hi"));
    }

    @Test
    void placeShouldGoAsOneWhereTheProfileHasARequestForIt() throws Exception {
        String sending = PROFILE.replace(
                        "receive:",
                        "  baseUrl: {type: url, about: \"Where the API of Acme is.\","
                                + " default: \"https://api.acme.example\"}\nreceive:")
                + "send:\n  text: {path: /, text: \"{text}\"}\n  answer: {id: id}\n";
        Part place = new Part.Location(52.5, 13.4, "Shop", null);
        HttpChannel without = Profiles.of(sending);
        assertThat(Rendering.plan(without.limits(Profiles.account(without, Map.of("proof", "word"))), List.of(place))
                        .steps())
                .singleElement()
                .satisfies(step -> assertThat(step).allMatch(Part.Text.class::isInstance));
        HttpChannel with = Profiles.of(
                sending.replace("  answer", "  location: {path: /, json: \"{'at': location, 'to': to}\"}\n  answer"));
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{\"id\":\"p-1\"}")) {
            Account account = Profiles.account(
                    with, Map.of("proof", "word", "baseUrl", provider.baseUrl().toString()));
            List<List<Part>> steps =
                    Rendering.plan(with.limits(account), List.of(place)).steps();
            assertThat(steps).containsExactly(List.of(place));
            ToCustomer message =
                    new ToCustomer("d-1", "m-1", "c-1", "+1", steps.get(0), null, null, List.of(), null, false);
            assertThat(with.send(account, message, new PlainTransport())).isEqualTo(new Outcome.Sent("p-1"));
            assertThat(Json.tree(provider.bodies().get(0).getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(
                            Json.tree("{\"at\":{\"latitude\":52.5,\"longitude\":13.4,\"name\":\"Shop\"},\"to\":\"+1\"}"
                                    .getBytes(StandardCharsets.UTF_8)));
        }
    }
}
