// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.ProviderList;
import io.dragoman.connector.Request;
import io.dragoman.connector.Response;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the newest Messenger Platform has and this version does not know is a failing line with its name. */
final class MessengerListsTest {
    private static final ErrorCodes<Integer> CODES = MessagingErrors.of("Messenger");

    @Test
    void everyAttachmentIsRead() throws IOException {
        ProviderList.of("messenger-attachments").check(MessengerListsTest::knowsAttachment);
        assertThat(knowsAttachment("hologram")).isFalse();
    }

    @Test
    void everyEventIsReadOrIgnoredByName() throws IOException {
        ProviderList.of("messenger-events").check(MessengerListsTest::knowsEvent);
        assertThat(knowsEvent("hologram")).isFalse();
    }

    @Test
    void everyErrorCodeHasAMeaning() throws IOException {
        ProviderList.of("messenger-errors").check(MessengerListsTest::knowsCode);
        assertThat(knowsCode("999999")).isFalse();
    }

    @Test
    void errorOfAMessageThatMetaSendsAllTheSameIsUncertain() {
        String error = "{\"error\":{\"code\":1,\"error_subcode\":%d}}";
        assertThat(GraphErrors.outcome(CODES, answer(error.formatted(1357046)))).isInstanceOf(Outcome.Uncertain.class);
        assertThat(GraphErrors.outcome(CODES, answer(error.formatted(99)))).isInstanceOf(Outcome.Retry.class);
    }

    private static Response answer(String body) {
        return new Response(400, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean knowsCode(String code) {
        return CODES.find(Integer.valueOf(code)).isPresent();
    }

    private static boolean knowsAttachment(String type) {
        JsonFields attachment = json("{\"type\":\"" + type + "\",\"url\":\"https://a.example/1\",\"payload\":"
                + "{\"url\":\"https://a.example/1\",\"title\":\"A\",\"coordinates\":{\"lat\":1,\"long\":2}}}");
        return MessagingAttachment.of(attachment, null).stream().noneMatch(Part.Unsupported.class::isInstance);
    }

    /** An echo is a message that says of itself to be one. */
    private static boolean knowsEvent(String name) {
        boolean echo = name.equals("message_echo");
        String event = echo ? "message" : name;
        String body = "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"messaging\":[{\"sender\":{\"id\":\"2\"},"
                + "\"recipient\":{\"id\":\"1\"},\"timestamp\":1790000000123,\"" + event + "\":{\"mid\":\"m\","
                + "\"text\":\"x\",\"is_echo\":" + echo + ",\"watermark\":1790000000123,\"payload\":\"p\"}}]}]}";
        try {
            MetaPayload payload = new MetaPayload(
                    Request.polled("x", body.getBytes(StandardCharsets.UTF_8), Instant.parse("2026-11-21T10:00:00Z")));
            new MessagingReader(payload, "messenger", null).read("1");
            assertThat(payload.events()).hasSize(1);
            return payload.events().stream()
                    .noneMatch(one ->
                            one instanceof Ignored ignored && ignored.why().contains("does not know"));
        } catch (MalformedPayload e) {
            throw new AssertionError(e);
        }
    }

    private static JsonFields json(String text) {
        try {
            return JsonFields.of(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedPayload e) {
            throw new AssertionError(e);
        }
    }
}
