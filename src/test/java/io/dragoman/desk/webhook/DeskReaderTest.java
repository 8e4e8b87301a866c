// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Card;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskEvent;
import io.dragoman.model.Ignored;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeskReaderTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-21T10:02:11.120Z");

    @Test
    void everyPartThatAnAgentMaySendIsRead() throws Exception {
        assertThat(read(new String(new WebhookDeskTest().recorded(), StandardCharsets.UTF_8)))
                .containsExactly(new DeskEvent.AgentReplied(
                        "event-1",
                        Instant.parse("2026-11-21T10:02:10Z"),
                        "c-1",
                        List.of(
                                new Part.Text("canary-in-the-text"),
                                new Part.Media(
                                        MediaKind.IMAGE,
                                        "image/png",
                                        "a.png",
                                        17L,
                                        null,
                                        null,
                                        "https://desk.example.com/a"),
                                new Part.Location(52.5, 13, "Shop", null),
                                new Part.ContactCard("Ben", List.of("+49"), List.of(), null),
                                new Part.Choices("Which?", List.of(new Part.Choice("r", "Red", null)), null),
                                new Part.Template("hello", "en", List.of("1"))),
                        "Mara",
                        "m-1"));
    }

    @Test
    void whatAnAgentCannotSendIsNotTakenOver() throws Exception {
        List<DeskEvent> events = read(
                "{'type':'agent.replied','data':{'conversation':{'id':'c-1'},'message':{'parts':["
                        + "{'type':'text','text':'x','html':'<script>','full':'y'},"
                        + "{'type':'media','url':'http://a.example.com/b','id':'of-another','source':'secret','media':'audio'}]}}}");
        assertThat(events)
                .containsExactly(new DeskEvent.AgentReplied(
                        "event-1",
                        RECEIVED,
                        "c-1",
                        List.of(
                                new Part.Text("x"),
                                new Part.Media(
                                        MediaKind.AUDIO,
                                        "application/octet-stream",
                                        null,
                                        null,
                                        null,
                                        null,
                                        "http://a.example.com/b")),
                        null,
                        null));
    }

    @Test
    void aConversationIsClosed() throws Exception {
        assertThat(read("{'type':'conversation.closed','timestamp':'2026-11-21T12:00:00+02:00',"
                        + "'data':{'conversation':{'id':'c-1'}}}"))
                .containsExactly(
                        new DeskEvent.ConversationClosed("event-1", Instant.parse("2026-11-21T10:00:00Z"), "c-1"));
    }

    @Test
    void conversationShouldBeHandedOverWithOrWithoutAReason() throws Exception {
        assertThat(
                        read(
                                "{'type':'conversation.handed-over','data':{'conversation':{'id':'c-1'},'reason':' a refund '}}"))
                .containsExactly(new DeskEvent.ConversationHandedOver("event-1", RECEIVED, "c-1", null, "a refund"));
        for (String reason : List.of("", ",'reason':null", ",'reason':'  '")) {
            assertThat(read("{'type':'conversation.handed-over','data':{'conversation':{'reference':'T-7'}" + reason
                            + "}}"))
                    .containsExactly(new DeskEvent.ConversationHandedOver("event-1", RECEIVED, null, "T-7", null));
        }
        assertThatThrownBy(
                        () -> read("{'type':'conversation.handed-over','data':{'conversation':{'id':'c-1'},'reason':'"
                                + "x".repeat(1_001) + "'}}"))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("reason must have at most 1000 characters");
    }

    @Test
    void textShouldStandForParts() throws Exception {
        assertThat(read("{'type':'agent.replied','data':{'conversation':{'id':'c-1'},'message':{'text':'hi'}}}"))
                .containsExactly(new DeskEvent.AgentReplied(
                        "event-1", RECEIVED, "c-1", List.of(new Part.Text("hi")), null, null));
    }

    @Test
    void conversationShouldBeNamedByTheDesksOwnReference() throws Exception {
        List<DeskEvent> events = read(
                "{'type':'agent.replied','data':{'conversation':{'reference':'T-7'}," + "'message':{'text':'hi'}}}");
        assertThat(events)
                .containsExactly(new DeskEvent.AgentReplied(
                        "event-1", RECEIVED, null, List.of(new Part.Text("hi")), null, null, null, "T-7"));
        assertThat(events.get(0).lane()).isEqualTo("reference:T-7");
        assertThat(read("{'type':'conversation.reopened','data':{'conversation':{'reference':'T-7'}}}"))
                .containsExactly(new DeskEvent.ConversationReopened("event-1", RECEIVED, null, "T-7"));
    }

    @Test
    void anotherReferenceShouldTakeThePlaceOfTheFormer() throws Exception {
        assertThat(read("{'type':'conversation.reference-changed','data':{'conversation':{'reference':'T-7'},"
                        + "'reference':' T-9 '}}"))
                .containsExactly(new DeskEvent.ReferenceChanged("event-1", RECEIVED, null, "T-7", "T-9", Map.of()));
        assertThatThrownBy(() -> read("{'type':'conversation.reference-changed','data':{'conversation':{'id':'c-1'},"
                        + "'reference':'" + "9".repeat(256) + "'}}"))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("data.reference must have at most 255");
    }

    @Test
    void whatIsSaidOfAConversationShouldBeSetAndTheRestLeft() throws Exception {
        assertThat(read("{'type':'conversation.updated','data':{'conversation':{'id':'c-1','assignee':'mara',"
                        + "'team':null,'tags':['vip'],'priority':'high'}}}"))
                .containsExactly(new DeskEvent.ConversationUpdated(
                        "event-1", RECEIVED, "c-1", null, "mara", "", List.of("vip"), Conversation.Priority.HIGH));
        assertThat(read("{'type':'conversation.updated','data':{'conversation':{'id':'c-1'}}}"))
                .containsExactly(
                        new DeskEvent.ConversationUpdated("event-1", RECEIVED, "c-1", null, null, null, null, null));
    }

    @Test
    void bytesShouldBeNamedByTheirPlaceInTheRequest() throws Exception {
        List<DeskEvent> events = read("{'type':'agent.replied','data':{'conversation':{'id':'c-1'},'message':{'parts':["
                + "{'type':'media','mimeType':'text/plain','fileName':'a.txt','data':'SW52b2ljZSAxNw=='},"
                + "{'type':'card','title':'Shoes','image':{'url':'data:image/png;base64,iVBORw=='}}]}}}");
        Part.Media file = new Part.Media(
                MediaKind.FILE, "text/plain", "a.txt", 10L, "inline:/data/message/parts/0/data", null, null);
        Part.Media image = new Part.Media(
                MediaKind.IMAGE, "image/png", null, 4L, "inline:/data/message/parts/1/image/url", null, null);
        assertThat(((DeskEvent.AgentReplied) events.get(0)).parts())
                .containsExactly(file, new Card("Shoes", null, image, List.of()));
    }

    @Test
    @DisplayName("an address with a thousand parameters is read like any other, in whatever case it is written")
    void dataAddressMayHaveManyParameters() throws Exception {
        List<DeskEvent> events = read("{'type':'agent.replied','data':{'conversation':{'id':'c-1'},'message':{'parts':["
                + "{'type':'media','mimeType':'image/png','url':'DATA:image/png" + ";a=b".repeat(20_000)
                + ";base64,iVBORw=='}]}}}");
        Part.Media media =
                (Part.Media) ((DeskEvent.AgentReplied) events.get(0)).parts().get(0);
        assertThat(media.size()).isEqualTo(4);
    }

    @Test
    void whatSortsAConversationIsShort() {
        for (String wrong : List.of(
                "'team':'" + "x".repeat(201) + "'",
                "'tags':['']",
                "'tags':['" + "x".repeat(201) + "']",
                "'team':'a\\nb'")) {
            assertThatThrownBy(() ->
                            read("{'type':'conversation.updated','data':{'conversation':{'id':'c-1'," + wrong + "}}}"))
                    .as(wrong.substring(0, 8))
                    .isInstanceOf(MalformedPayload.class)
                    .hasMessageContaining("200");
        }
    }

    @Test
    void otherNewsIsNoneOfOurs() throws Exception {
        assertThat(read("{'type':'ticket.merged'}"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Ignored.class, ignored -> assertThat(ignored.kind()).isEqualTo("type.ticket.merged"));
        assertThat(read("{'type':'my words, and many'}"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Ignored.class, ignored -> assertThat(ignored.kind()).isEqualTo("type.unknown"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|the body must be a JSON object",
                "{}|type is missing",
                "{'type':7}|type must be a text",
                "{'type':'conversation.closed'}|data is missing",
                "{'type':'conversation.closed','data':{'conversation':{'id':' '}}}|data.conversation.id is blank",
                "{'type':'agent.replied','timestamp':'yesterday','data':{}}"
                        + "|timestamp must be a time in ISO 8601, such as 2026-11-21T10:02:11.120Z",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{}}}"
                        + "|data.message.parts must have at least one part",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'text','text':' '}]}}}"
                        + "|data.message.parts[0].text is blank",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'unsupported'}]}}}"
                        + "|data.message.parts[0].type is unsupported, which agents cannot send: it must be"
                        + " one of text, media, location, location-request, contact, choices, template, card, carousel",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'media','url':'file:///etc/passwd'}]}}}"
                        + "|data.message.parts[0].url must be an address such as https://desk.example.com/file/17",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'media','url':'https://a/b','media':'IMAGE'}]}}}"
                        + "|data.message.parts[0].media must be one of image, audio, video, file, sticker",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'structured','what':'order','text':'x'}]}}}"
                        + "|data.message.parts[0].type is structured, which agents cannot send: it must be"
                        + " one of text, media, location, location-request, contact, choices, template, card, carousel",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'poll'}]}}}"
                        + "|data.message.parts[0].type must be one of text, media, location, location-request, contact, choices, template, card, carousel",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'template','name':'t','language':'en','params':['1']}]}}}"
                        + "|data.message.parts[0].params is not known here; there can be type, name, language, parameters, header, buttons",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'choices','text':'?','choices':[{'id':'1','label':'x'}]}]}}}"
                        + "|data.message.parts[0].choices[0].label is not known here; there can be id, title, description",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'text','text':'x','a b':1}]}}}"
                        + "|data.message.parts[0].a field is not known here; there can be type, text, full, html",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'card','text':'x'}]}}}"
                        + "|data.message.parts[0].title is missing",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'card','title':'x','buttons':[{'title':'y'}]}]}}}"
                        + "|data.message.parts[0].buttons[0].id or data.message.parts[0].buttons[0].url must be there, and not both",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'card','title':'x','buttons':[{'title':'y','url':'javascript:1'}]}]}}}"
                        + "|data.message.parts[0].buttons[0].url must be an address such as https://shop.example.com/17",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'carousel','cards':[]}]}}}"
                        + "|data.message.parts[0].cards must have from 1 to 10 cards",
                "{'type':'agent.typing','data':{}}|a body of type agent.typing must have at most 4096 bytes",
                "{'type':'agent.answered','data':{}}"
                        + "|type must be one of agent.replied, agent.typing, conversation.closed, conversation.reopened, conversation.handed-over,"
                        + " conversation.updated,"
                        + " conversation.reference-changed",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'text':'a','parts':[]}}}"
                        + "|data.message.text or data.message.parts must be there, and not both",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'media','data':'a-b'}]}}}"
                        + "|data.message.parts[0].data must be bytes in base64",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'media','url':'data:text/plain,hi'}]}}}"
                        + "|data.message.parts[0].url must be data:<type>;base64,<bytes>",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'media','url':'https://a/b','data':'YQ=='}]}}}"
                        + "|data.message.parts[0].url or data.message.parts[0].data must be there, and not both",
                "{'type':'conversation.updated','data':{'conversation':{'id':'c','priority':'huge'}}}"
                        + "|data.conversation.priority must be one of low, normal, high, urgent",
                "{'type':'conversation.closed','data':{'conversation':{'reference':' '}}}|data.conversation.id is missing",
                "{'type':'agent.replied','data':{'conversation':{'id':'c'},'message':{'parts':[{'type':'choices','text':'?'}]}}}"
                        + "|data.message.parts[0].choices must have at least one choice",
            })
    void aWrongShapeIsNamed(String json, String problem) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(MalformedPayload.class)
                .hasMessage(problem);
    }

    private static List<DeskEvent> read(String json) throws MalformedPayload {
        byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return DeskReader.read(WebhookDeskTest.request("event-1", "1", "v1,x", body, RECEIVED));
    }
}
