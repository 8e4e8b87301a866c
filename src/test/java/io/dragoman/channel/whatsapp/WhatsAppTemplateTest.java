// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.Media;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Part.Template;
import io.dragoman.model.Part.Text;
import io.dragoman.model.Reason;
import io.dragoman.model.TemplateButton;
import io.dragoman.simulator.whatsapp.WhatsAppSimulator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The values of approved templates, to a Cloud API that checks them as Meta does. */
final class WhatsAppTemplateTest {
    private static final Media BILL = new Media(
            MediaKind.FILE, "application/pdf", "bill.pdf", 9L, null, null, "https://shop.example.com/4711.pdf");
    private static final List<TemplateButton> BUTTONS =
            List.of(new TemplateButton(0, "4711", null), new TemplateButton(1, null, "later"));

    private final WhatsAppSimulator meta = new WhatsAppSimulator(0);
    private final WhatsApp whatsApp = new WhatsApp();
    private final Account account = Accounts.of(meta.settings(), false);
    private final PlainTransport transport = new PlainTransport();

    @AfterEach
    void close() {
        meta.close();
    }

    private Outcome send(Template template) {
        ToCustomer message =
                new ToCustomer("d-1", "m", "c", "+4917000", List.of(template), null, null, List.of(), null, true);
        return whatsApp.send(account, message, transport);
    }

    private static Template template(@Nullable Part header, List<String> parameters, List<TemplateButton> buttons) {
        return new Template("order_ready", "en", parameters, header, buttons);
    }

    @Test
    void valuesShouldBeSaidAsTheDocumentationHasThem() throws Exception {
        send(template(BILL, List.of("Ana"), BUTTONS));
        byte[] bytes = Objects.requireNonNull(transport.calls().get(0).body())
                .source()
                .open()
                .readAllBytes();
        JsonNode body = Json.tree(bytes);
        assertThat(body.path("template")).isEqualTo(Json.tree("""
                        {"name": "order_ready", "language": {"code": "en"}, "components": [
                          {"type": "header", "parameters": [{"type": "document", "document":
                            {"filename": "bill.pdf", "link": "https://shop.example.com/4711.pdf"}}]},
                          {"type": "body", "parameters": [{"type": "text", "text": "Ana"}]},
                          {"type": "button", "sub_type": "url", "index": "0",
                           "parameters": [{"type": "text", "text": "4711"}]},
                          {"type": "button", "sub_type": "quick_reply", "index": "1",
                           "parameters": [{"type": "payload", "payload": "later"}]}]}""".getBytes(StandardCharsets.UTF_8)));
    }

    static Stream<@Nullable Part> headers() {
        return Stream.of(
                null,
                new Text("Your order"),
                BILL,
                new Media(MediaKind.IMAGE, "image/png", null, 9L, null, null, "https://shop.example.com/1.png"),
                new Media(MediaKind.VIDEO, "video/mp4", null, null, null, null, "https://shop.example.com/1.mp4"));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void everyHeaderShouldBeTaken(@Nullable Part header) {
        assertThat(send(template(header, List.of(), BUTTONS))).isInstanceOf(Outcome.Sent.class);
        assertThat(meta.delivered()).hasSize(1);
    }

    static Stream<Arguments> wrong() {
        Media sound = new Media(MediaKind.AUDIO, "audio/ogg", null, 9L, null, null, "https://shop.example.com/1.ogg");
        Media gif = new Media(MediaKind.IMAGE, "image/gif", null, 9L, null, null, "https://shop.example.com/1.gif");
        Media large =
                new Media(MediaKind.IMAGE, "image/png", null, 6L << 20, null, null, "https://shop.example.com/1.png");
        return Stream.of(
                Arguments.of(template(null, List.of("Ana", " "), List.of()), "parameter 2 is blank"),
                Arguments.of(template(null, List.of("a\nb"), List.of()), "parameter 1 has a line break"),
                Arguments.of(template(null, List.of("a     b"), List.of()), "five spaces"),
                Arguments.of(template(null, List.of("x".repeat(1025)), List.of()), "1025 characters, 1024"),
                Arguments.of(template(new Text("x".repeat(61)), List.of(), List.of()), "header's text has 61"),
                Arguments.of(template(sound, List.of(), List.of()), "cannot be of the kind audio"),
                Arguments.of(template(gif, List.of(), List.of()), "image is image/gif"),
                Arguments.of(template(large, List.of(), List.of()), "has 6291456 bytes, 5242880"),
                Arguments.of(
                        template(null, List.of(), List.of(new TemplateButton(10, "x", null))), "button 10 cannot be"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatMetaRefusesShouldNotGoOut(Template template, String why) {
        assertThat(send(template)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.CONTENT_REFUSED);
            assertThat(refused.detail()).contains(why);
        });
        assertThat(transport.calls()).isEmpty();
    }
}
