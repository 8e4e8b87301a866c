// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Event;
import io.dragoman.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class InboundReaderTest {
    private static final Path CASES = Path.of("src/test/resources/io/dragoman/channel/telegram/cases");
    private static final Instant RECEIVED = Instant.parse("2026-09-21T14:13:20.120Z");

    static Stream<String> recordings() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".in.json"))
                    .map(name -> name.substring(0, name.length() - ".in.json".length()))
                    .sorted()
                    .toList();
            return names.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void readsTheRecording(String name) throws Exception {
        List<CustomerEvent> events = read(Files.readAllBytes(CASES.resolve(name + ".in.json")));
        ArrayNode written = Json.mapper().createArrayNode();
        for (Event event : events) {
            written.add(Json.tree(Json.bytes(event)));
        }
        Path expected = CASES.resolve(name + ".out.json");
        JsonNode wanted = Json.tree(Files.readAllBytes(expected));
        assertThat(written).isEqualTo(wanted);
    }

    @Test
    void thereAreRecordingsOfEveryKind() throws IOException {
        assertThat(recordings()).hasSizeGreaterThan(40);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|the body must be a JSON object",
                "{}|update_id is missing",
                "{'update_id':'1'}|update_id must be a whole number",
                "{'update_id':1,'message':[]}|message must be an object",
                "{'update_id':1,'message':{}}|message.chat is missing",
                "{'update_id':1,'message':{'chat':{'id':1.5}}}|message.chat.id must be a whole number",
                "{'update_id':1,'message':{'chat':{'id':1}}}|message.message_id is missing",
                "{'update_id':1,'message':{'chat':{'id':1},'message_id':2,'date':-1}}"
                        + "|message.date must be a time in seconds since 1970",
                "{'update_id':1,'message':{'chat':{'id':1},'message_id':2,'date':3,'text':[]}}"
                        + "|message.text must be a text",
                "{'update_id':1,'message':{'chat':{'id':1},'message_id':2,'date':3,'photo':[]}}"
                        + "|message.photo has no sizes",
                "{'update_id':1,'message':{'chat':{'id':1},'message_id':2,'date':3,'voice':{}}}"
                        + "|message.voice.file_id is missing",
                "{'update_id':1,'message':{'chat':{'id':1},'message_id':2,'date':3,'location':{'latitude':91,'longitude':0}}}"
                        + "|a location needs a latitude within ±90 and a longitude within ±180",
            })
    void aShapeThatTelegramDoesNotPromiseIsNamed(String json, String problem) {
        assertThatThrownBy(() -> read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedPayload.class)
                .hasMessage(problem);
    }

    @Test
    void contentThatTelegramInventsLaterIsKept() throws Exception {
        List<CustomerEvent> events = read("""
                {"update_id":1,"message":{"message_id":2,"date":3,"chat":{"id":4,"type":"private"},
                 "hologram":{"depth":3}}}
                """.getBytes(StandardCharsets.UTF_8));
        assertThat(Json.write(events.get(0))).contains("\"what\":\"hologram\"").contains("{\\\"depth\\\":3}");
    }

    @Test
    void halfACharacterBecomesTheReplacementCharacter() throws Exception {
        List<CustomerEvent> events =
                read("{\"update_id\":1,\"message\":{\"message_id\":2,\"date\":3,\"chat\":{\"id\":4},"
                        .concat("\"text\":\"a\\ud800b\\u0000c\\ud83d\\ude00\"}}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(Json.tree(Json.bytes(events.get(0))).at("/parts/0/text").asText())
                .isEqualTo("a\uFFFDb\uFFFDc😀");
    }

    private static List<CustomerEvent> read(byte[] body) throws MalformedPayload {
        return InboundReader.read(Request.polled("update/1", body, RECEIVED));
    }
}
