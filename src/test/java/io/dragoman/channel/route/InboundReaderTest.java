// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.model.SampleParts;
import io.dragoman.model.Status;
import io.dragoman.model.Structured;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The route JSON of docs/routes.md: version 1. */
final class InboundReaderTest {
    /** What goes to customers, and what is made of content that nobody knows. */
    private static final Set<String> OURS_ALONE = Set.of("location-request", "choices", "template", "unsupported");

    private static final Instant RECEIVED = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void messageShouldHaveEverythingThatTheRouteSays() throws Exception {
        MessageReceived message = (MessageReceived) read("""
                {"version": 1, "type": "message", "id": "7", "from": "ana", "name": "Ana", "language": "ka",
                 "at": "2026-11-20T09:00:00Z", "text": "გამარჯობა", "replyTo": "5", "thread": "t1", "subject": "Hi",
                 "forwarded": "Max",
                 "media": [{"url": "https://files.example.com/1.jpg", "mimeType": "image/jpeg", "fileName": "1.jpg"}]}
                """);
        assertThat(message.key()).isEqualTo("7");
        assertThat(message.at()).isEqualTo("2026-11-20T09:00:00Z");
        assertThat(message.sender().name()).isEqualTo("Ana");
        assertThat(message.sender().language()).isEqualTo("ka");
        assertThat(message.replyTo()).isEqualTo("5");
        assertThat(message.forwarded()).isEqualTo("Max");
        assertThat(message.threading().key()).isEqualTo("t1");
        assertThat(message.threading().subject()).isEqualTo("Hi");
        assertThat(message.parts()).hasSize(2);
        assertThat(message.parts().get(0)).isEqualTo(new Part.Text("გამარჯობა"));
        assertThat(((Part.Media) message.parts().get(1)).source()).isEqualTo("https://files.example.com/1.jpg");
    }

    @Test
    void smallestMessageShouldNeedNoVersionAndNoType() throws Exception {
        MessageReceived message = (MessageReceived) read("{\"id\":\"1\",\"from\":\"ana\",\"text\":\"hi\"}");
        assertThat(message.at()).isEqualTo(RECEIVED);
        assertThat(message.parts()).containsExactly(new Part.Text("hi"));
    }

    @Test
    void htmlShouldBeMadeHarmlessLikeAMails() throws Exception {
        MessageReceived message = (MessageReceived)
                read(
                        "{\"id\":\"1\",\"from\":\"ana\",\"html\":\""
                                + "<p onclick='x()'>Hello <b>you</b></p><script>steal()</script><img src='https://t.example/p.gif'>\"}");
        Part.Text text = (Part.Text) message.parts().get(0);
        assertThat(text.text()).contains("Hello").doesNotContain("steal");
        assertThat(text.html()).contains("<b>you</b>", "data-remote").doesNotContain("script", "onclick", " src=");
    }

    static Stream<Part> parts() {
        return SampleParts.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("parts")
    void everyTypeOfPartShouldBeReadOrRefused(Part part) throws Exception {
        String json = "{\"id\":\"1\",\"from\":\"ana\",\"parts\":[" + Json.write(part) + "]}";
        if (OURS_ALONE.contains(part.type())) {
            assertThatThrownBy(() -> read(json))
                    .isInstanceOf(MalformedPayload.class)
                    .hasMessage("parts[0].type is " + part.type() + ", which customers cannot send: it must be one of"
                            + " text, media, location, contact, choice, card, carousel, structured");
            return;
        }
        assertThat(((MessageReceived) read(json)).parts())
                .containsExactly(part.withAttachments(media -> Part.Media.incoming(
                        media.media(),
                        media.mimeType(),
                        media.fileName(),
                        media.size(),
                        Objects.requireNonNull(media.url()))));
    }

    @Test
    void bytesInAPartShouldBeNamedByTheirPlace() throws Exception {
        String json = "{\"id\":\"1\",\"from\":\"ana\",\"parts\":[{\"type\":\"media\",\"mimeType\":\"text/plain\","
                + "\"data\":\"SW52b2ljZSAxNw==\"}]}";
        assertThat(((MessageReceived) read(json)).parts())
                .containsExactly(
                        Part.Media.incoming(Part.MediaKind.FILE, "text/plain", null, 10L, "inline:/parts/0/data"));
    }

    @Test
    void examplesOfTheDocumentShouldRead() throws Exception {
        String page = Files.readString(Path.of("docs/routes.md"));
        String inward = page.substring(page.indexOf("## What goes in"), page.indexOf("## What comes out"));
        List<String> examples = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                .matcher(inward)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(examples).hasSize(2);
        assertThat(((MessageReceived) read(examples.get(0))).parts()).hasSize(2);
        assertThat(((MessageReceived) read("{\"id\":\"1\",\"from\":\"ana\",\"parts\":" + examples.get(1) + "}"))
                        .parts())
                .extracting(Part::type)
                .containsExactly("location", "contact", "choice", "card", "carousel", "structured");
    }

    @Test
    void partsShouldFollowTextAndMedia() throws Exception {
        MessageReceived message = (MessageReceived) read("""
                {"id": "7", "from": "ana", "text": "mine", "media": [{"url": "https://files.example.com/1.jpg"}],
                 "parts": [{"type": "structured", "what": "order"}]}
                """);
        assertThat(message.parts()).hasSize(3).first().isEqualTo(new Part.Text("mine"));
        assertThat(message.parts().get(2))
                .isEqualTo(new Structured("order", "", Json.mapper().createObjectNode()));
    }

    @Test
    void newsOfAMessageShouldNameIt() throws Exception {
        String about = "\"id\":\"9\",\"from\":\"ana\",\"message\":\"7\"";
        assertThat(read("{\"type\":\"edited\"," + about + ",\"text\":\"x\"}"))
                .isInstanceOf(CustomerEvent.MessageEdited.class);
        assertThat(read("{\"type\":\"deleted\"," + about + "}")).isInstanceOf(CustomerEvent.MessageDeleted.class);
        assertThat(read("{\"type\":\"reaction\"," + about + ",\"emoji\":\"+1\"}"))
                .isInstanceOf(CustomerEvent.Reaction.class);
        assertThat(read("{\"type\":\"receipt\",\"message\":\"7\",\"status\":\"delivered\"}"))
                .isInstanceOfSatisfying(CustomerEvent.Receipt.class, receipt -> assertThat(receipt.status())
                        .isEqualTo(Status.DELIVERED));
        assertThat(read("{\"type\":\"receipt\",\"message\":\"7\",\"status\":\"failed\",\"reason\":\"expired\","
                        + "\"detail\":\"70,Error\"}"))
                .isInstanceOfSatisfying(CustomerEvent.Receipt.class, receipt -> {
                    assertThat(receipt.reason()).isEqualTo(Reason.EXPIRED);
                    assertThat(receipt.detail()).isEqualTo("70,Error");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent.replied", "conversation.closed", "message.received", "unheard-of"})
    void whatOnlyADeskMaySayShouldBeMalformed(String type) {
        assertThatThrownBy(() -> read("{\"type\":\"" + type + "\",\"key\":\"k\",\"at\":\"2026-11-20T09:00:00Z\","
                        + "\"conversation\":\"c\",\"parts\":[{\"type\":\"text\",\"text\":\"hi\"}]}"))
                .isInstanceOf(MalformedPayload.class)
                .hasMessage("type must be one of message, edited, deleted, reaction, receipt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id':'1','from':'ana'} | one of text, html, media and parts must say something",
                "{'id':' ','from':'ana','text':'x'} | id is blank",
                "{'version':2,'id':'1','from':'ana','text':'x'} | version is 2 but must be 1",
                "{'from':'ana','text':'x'} | id",
                "{'id':'1','from':'ana','parts':[]} | one of text, html, media and parts must say something",
                "{'id':'1','from':'ana','parts':[{'type':'dance'}]} | parts[0].type must be one of text, media",
                "{'id':'1','from':'ana','parts':[{'type':'card'}]} | parts[0].title",
                "{'id':'1','from':'ana','parts':[{'type':'structured','what':'form','data':7}]} | parts[0].data",
                "{'type':'receipt','message':'7','status':'gone'} | status must be one of sent, delivered, read, failed",
                "{'type':'receipt','message':'7','status':'failed','reason':'bad'} | reason must be one of throttled,",
            })
    void malformedInputShouldSayWhere(String json, String reason) {
        assertThatThrownBy(() -> read(json.replace('\'', '"')))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining(reason);
    }

    private static CustomerEvent read(String json) throws MalformedPayload {
        return InboundReader.read(new Request(
                Request.Origin.ROUTE, "", "fax", "", Map.of(), json.getBytes(StandardCharsets.UTF_8), RECEIVED));
    }
}
