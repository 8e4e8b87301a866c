// SPDX-License-Identifier: Apache-2.0
package io.dragoman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.store.DeadLetters;
import io.dragoman.store.Events;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is posted, the answer is never an error of ours; what is authentic is kept, with a reason. */
final class BadInputTest {
    @TempDir
    private static Path home;

    private static World world;
    private static Provider provider;

    @BeforeAll
    static void start() throws Exception {
        world = new World(home);
        provider = new Provider(world);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wa", "sms", "texts", "page", "insta", "feed", "tg", "helpdesk"})
    void withoutOrWithAWrongSignatureNothingIsStored(String id) {
        long before = events();
        byte[] body = "{\"update_id\":1}".getBytes(StandardCharsets.UTF_8);
        List<Map<String, String>> proofs = List.of(
                Map.of(),
                Map.of(
                        "X-Hub-Signature-256", "sha256=" + "0".repeat(64),
                        "X-Twilio-Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                        "X-Telegram-Bot-Api-Secret-Token", "wrong",
                        "webhook-id", "1",
                        "webhook-timestamp", "1",
                        "webhook-signature", "v1,AAAA"),
                Map.of(
                        "X-Hub-Signature-256", "sha256=",
                        "X-Twilio-Signature", "€",
                        "X-Telegram-Bot-Api-Secret-Token", " ",
                        "webhook-id", "1",
                        "webhook-timestamp", "9999999999999999999",
                        "webhook-signature", ""));
        for (Map<String, String> proof : proofs.subList(0, 2)) {
            assertThat(provider.post(id, body, "application/json", proof)).isIn(401, 403);
        }
        assertThat(events()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"/channels/nobody", "/desks/nobody", "/", "/channels/wa/", "/channels//wa", "/channels/%77a", "/media"})
    void whatIsNotThereIsNotFound(String path) {
        assertThat(provider.post(path, new byte[] {1}, "application/json", Map.of()))
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wa", "page", "insta", "feed", "tg", "helpdesk"})
    void tooLargeIsTooLarge(String id) {
        assertThat(provider.signed(id, new byte[World.LARGEST_BODY + 1])).isIn(413, 0);
    }

    private static Map<String, String> bodies() {
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("nothing", "");
        bodies.put("not JSON", "hello");
        bodies.put("half", "{\"entry\":[");
        bodies.put("a null", "null");
        bodies.put("a number", "5");
        bodies.put("an array", "[]");
        bodies.put("an object", "{}");
        bodies.put("two documents", "{}{}");
        bodies.put("deep arrays", "[".repeat(64) + "]".repeat(64));
        bodies.put("deep objects", "{\"message\":".repeat(64) + "1" + "}".repeat(64));
        bodies.put("very deep", "[".repeat(20_000));
        bodies.put(
                "duplicate keys",
                "{\"entry\":[],\"entry\":[{}],\"update_id\":1,\"update_id\":2,\"type\":\"a\",\"type\":\"b\"}");
        bodies.put("nulls", "{\"entry\":null,\"update_id\":null,\"message\":null,\"type\":null,\"data\":null}");
        bodies.put("wrong shapes", "{\"entry\":{},\"update_id\":\"x\",\"message\":[],\"type\":{},\"data\":5}");
        bodies.put(
                "empty arrays",
                "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[]}],\"update_id\":9}");
        bodies.put("nulls below", "{\"entry\":[null,{\"changes\":[null,{\"value\":{\"messages\":[null]}}]}]}");
        bodies.put("unknown type", "{\"type\":\"weather.changed\",\"update_id\":7,\"weather\":{},\"data\":{}}");
        bodies.put(
                "unknown part",
                "{\"type\":\"agent.replied\",\"data\":{\"conversation\":{\"id\":\"x\"},\"message\":"
                        + "{\"parts\":[{\"type\":\"hologram\"}]}}}");
        bodies.put(
                "unknown conversation",
                "{\"type\":\"agent.replied\",\"data\":{\"conversation\":{\"id\":\"x\"},"
                        + "\"message\":{\"parts\":[{\"type\":\"text\",\"text\":\"hi\"}]}}}");
        bodies.put("huge number", "{\"update_id\":1e999999,\"message\":{\"message_id\":99999999999999999999999}}");
        bodies.put("control characters", "{\"type\":\"a\\u0000b\",\"update_id\":11}");
        return bodies;
    }

    @ParameterizedTest
    @ValueSource(strings = {"wa", "page", "insta", "feed", "tg", "helpdesk"})
    void authenticNonsenseIsAcknowledgedAndAccountedFor(String id) {
        bodies().forEach((name, body) ->
                assertThat(provider.signed(id, body)).as(id + ", " + name).isEqualTo(answer(id, name)));
        assertThat(provider.signed(id, new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'}))
                .isEqualTo(answer(id, "broken bytes"));
        World.await(
                "everything to be looked at",
                () -> world.gateway().store().read(tx -> tx.events().counts()).stream()
                        .noneMatch(count -> count.state() == Events.State.NEW));
        List<DeadLetters.DeadLetter> dead =
                world.gateway().store().read(tx -> tx.deadLetters().latest(DeadLetters.Filter.ALL, 1_000)).stream()
                        .filter(event -> event.place().equals(id))
                        .toList();
        assertThat(dead).isNotEmpty().allSatisfy(event -> assertThat(event.reason())
                .isNotBlank());
    }

    /** A provider would repeat what it is refused for ever; a helpdesk's developer wants to know. */
    private static int answer(String id, String name) {
        boolean said = List.of("unknown type", "unknown conversation", "control characters")
                .contains(name);
        return id.equals("helpdesk") && !said ? 400 : 200;
    }

    @Test
    void halfASurrogateHarmsNobody() {
        String update = "{\"update_id\":%d,\"message\":{\"message_id\":%d,\"date\":1795255200,\"text\":\"%s\","
                + "\"chat\":{\"id\":88,\"type\":\"private\",\"first_name\":\"\\udc00\"},\"from\":{\"id\":88,"
                + "\"is_bot\":false,\"first_name\":\"\\ud800\"}}}";
        assertThat(provider.signed("tg", update.formatted(601, 1, "half \\ud83d")))
                .isEqualTo(200);
        assertThat(provider.signed("tg", update.formatted(602, 2, "whole \\ud83d\\ude00")))
                .isEqualTo(200);
        assertThat(world.note("tg", "whole 😀")
                        .json()
                        .at("/data/message/sequence")
                        .asLong())
                .isEqualTo(2);
    }

    @Test
    void formsThatHoldNothingUsefulAreAcknowledged() {
        List<Map<String, String>> forms = List.of(
                Map.of(),
                Map.of("MessageSid", ""),
                Map.of("MessageSid", "SM1", "From", "", "Body", "x"),
                Map.of("MessageSid", "SM2", "From", "+49", "To", "", "NumMedia", "many"),
                Map.of("MessageSid", "SM3", "From", "+4930", "NumMedia", "999999999", "Body", "\u0000"),
                Map.of("MessageStatus", "dancing", "MessageSid", "SM4"));
        forms.forEach(
                form -> assertThat(provider.form(form)).as(form.toString()).isBetween(200, 299));
    }

    @Test
    void goodMessagesStillPass() {
        provider.signed("wa", "hello");
        world.writes("wa", "+4930777", "still here");
        assertThat(world.note("wa", "still here").text()).isEqualTo("still here");
    }

    private static long events() {
        return world.gateway().store().read(tx -> tx.events().counts()).stream()
                .mapToLong(Events.Count::events)
                .sum();
    }
}
