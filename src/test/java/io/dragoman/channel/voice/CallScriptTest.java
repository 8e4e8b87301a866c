// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.voice;

import static io.dragoman.channel.voice.VoiceAccounts.ADDRESS;
import static io.dragoman.channel.voice.VoiceAccounts.account;
import static io.dragoman.channel.voice.VoiceAccounts.posted;
import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Number;
import com.twilio.twiml.voice.Record;
import com.twilio.twiml.voice.Say;
import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** What Twilio is answered, with the TwiML of its own SDK as the oracle. */
final class CallScriptTest {
    private static final String HARD = "Ana & Söhne <\"'> 👩‍👩‍👧 გამარჯობა";

    private final Voice voice = new Voice();

    private static Map<String, String> call(String status, String... more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("CallSid", "CA01");
        form.put("CallStatus", status);
        form.put("From", "+49 1700&0"); // as nobody calls, so that it has to be escaped
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    private Acknowledgement answer(Account account, Map<String, String> form) {
        return voice.acknowledge(account, posted("", form));
    }

    @Test
    @DisplayName("a call that nobody takes hears the greeting and is recorded, as the SDK would write it")
    void callShouldBeRecorded() throws Exception {
        Record.Builder record = new Record.Builder()
                .maxLength(90)
                .playBeep(true)
                .action(ADDRESS)
                .recordingStatusCallback(ADDRESS + "?caller=%2B49+1700%260");
        record.transcribe(true).transcribeCallback(ADDRESS);
        String sdk = new VoiceResponse.Builder()
                .say(new Say.Builder(HARD)
                        .voice(Say.Voice.POLLY_VICKI_NEURAL)
                        .language(Say.Language.DE_DE)
                        .build())
                .record(record.recordingStatusCallbackEvents(
                                java.util.List.of(Record.RecordingEvent.COMPLETED, Record.RecordingEvent.ABSENT))
                        .build())
                .hangup(new Hangup.Builder().build())
                .build()
                .toXml();
        Account account = account(
                "greeting",
                HARD,
                "voice",
                "Polly.Vicki-Neural",
                "language",
                "de-DE",
                "longestVoicemail",
                "90s",
                "transcribe",
                "true");
        Acknowledgement answer = answer(account, call("ringing"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("text/xml");
        assertThat(tree(answer.body())).isEqualTo(tree(sdk));
    }

    @Test
    @DisplayName("a call that is forwarded rings, and the SDK would write it so")
    void callShouldBeForwarded() throws Exception {
        String sdk = new VoiceResponse.Builder()
                .dial(new Dial.Builder()
                        .timeout(35)
                        .answerOnBridge(true)
                        .action(ADDRESS)
                        .number(new Number.Builder("+4930111")
                                .statusCallback(ADDRESS)
                                .statusCallbackEvents(java.util.List.of(Number.Event.ANSWERED))
                                .build())
                        .build())
                .build()
                .toXml();
        Account account = account("forwardTo", "+4930111", "ringFor", "35s");
        assertThat(tree(answer(account, call("ringing")).body())).isEqualTo(tree(sdk));
    }

    @Test
    @DisplayName("after it rang in vain the caller is greeted; after a person took it, or at its end, nothing is said")
    void callShouldEnd() {
        Account account = account("forwardTo", "+4930111");
        for (String vain : Set.of("no-answer", "busy", "failed", "canceled")) {
            assertThat(answer(account, call("in-progress", "DialCallStatus", vain))
                            .body())
                    .contains("<Say", "leave a message after the tone", "<Record");
        }
        assertThat(answer(account, call("completed", "DialCallStatus", "completed"))
                        .body())
                .endsWith("<Response><Hangup/></Response>");
        assertThat(answer(account, call("completed", "RecordingUrl", "u", "RecordingDuration", "3"))
                        .body())
                .endsWith("<Response><Hangup/></Response>");
        for (String over : Set.of("completed", "busy", "no-answer", "canceled", "failed")) {
            assertThat(answer(account, call(over)).body()).endsWith("<Response></Response>");
        }
        assertThat(answer(account, call("completed", "RecordingStatus", "completed"))
                        .body())
                .endsWith("<Response></Response>");
    }

    @Test
    void withoutVoicemailTheCallEndsAfterTheGreeting() {
        String answer = answer(account("voicemail", "false"), call("ringing")).body();
        assertThat(answer)
                .contains("nobody can take your call now.</Say><Hangup/>")
                .doesNotContain("Record", "tone");
        assertThat(answer(account("voicemail", "false", "greeting", " "), call("ringing"))
                        .body())
                .endsWith("<Response><Hangup/></Response>");
    }

    @Test
    void whatXmlCannotHoldIsLeftOut() throws Exception {
        String answer = answer(account("greeting", "a\u0000b\u001Bc\uFFFEd\nЖ"), call("ringing"))
                .body();
        assertThat(tree(answer)).contains("Say{language=en-US}abcd\nЖ");
    }

    /** Elements with their attributes in order, and texts; lists in an attribute have no order. */
    private static String tree(String xml) throws Exception {
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
        StringBuilder text = new StringBuilder();
        write(root, text);
        return text.toString();
    }

    private static void write(Node node, StringBuilder text) {
        if (node instanceof Element element) {
            Map<String, Object> attributes = new TreeMap<>();
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                Node attribute = element.getAttributes().item(i);
                boolean list = attribute.getNodeName().endsWith("Event");
                String value = attribute.getNodeValue();
                attributes.put(attribute.getNodeName(), list ? new TreeSet<>(Set.of(value.split(" "))) : value);
            }
            text.append(element.getTagName()).append(attributes);
            for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
                write(child, text);
            }
            text.append(';');
        } else {
            text.append(node.getTextContent());
        }
    }
}
