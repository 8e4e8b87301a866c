// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.voice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Ignored;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Structured;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From what Twilio tells of a call to the one event that it means. A call that was missed and one that a person took have
 * the same key, the call's id: whichever Twilio tells first stands, and what it tells again or late changes nothing.
 *
 * @param caller who calls, where only our own address says it
 * @param forwarded whether a person's phone rings first
 */
record InboundReader(CallForm form, Caller caller, boolean forwarded, Instant at) {
    /** So that no automatic reply is tried. */
    private static final String UNANSWERABLE = "no text reaches a caller";

    List<CustomerEvent> read() throws MalformedPayload {
        return List.of(
                switch (form.what()) {
                    case TRANSCRIPTION -> transcription();
                    case RECORDING -> recording();
                    case DIALED -> form.isTaken() ? taken(form.call()) : missed();
                    case RECORDED -> voicemail();
                    case OTHER_LEG -> otherLeg();
                    case CALL -> call();
                });
    }

    private CustomerEvent call() throws MalformedPayload {
        boolean ended = form.isEnded();
        return forwarded && !ended
                ? ignored(form.call() + "|ringing", "ringing", "it is forwarded: whether anybody takes it comes later")
                : missed();
    }

    private CustomerEvent otherLeg() throws MalformedPayload {
        String parent = form.sid("ParentCallSid");
        return form.isInProgress()
                ? taken(parent)
                : ignored(form.call() + "|" + form.status(), "forwarded", "it is the leg to who takes calls");
    }

    private CustomerEvent taken(String call) {
        return ignored(call, "answered", "a person took the call");
    }

    private MessageReceived missed() throws MalformedPayload {
        String call = form.call();
        String back = caller.isPhone() ? "tel:" + caller.value() : null;
        ObjectNode data = Json.mapper().createObjectNode().put("callSid", call);
        form.find("To").ifPresent(to -> data.put("to", to));
        if (back != null) {
            data.put("callBack", back);
        }
        String text = "Missed call from " + caller.shown() + (back == null ? "" : "\nCall back: " + back);
        return message(call, at, List.of(new Structured("missed_call", text, data)), null);
    }

    private CustomerEvent recording() throws MalformedPayload {
        String status = form.recordingStatus();
        return status.equals("completed")
                ? voicemail()
                : ignored(
                        form.recording() + "|" + status,
                        "recording_" + Ignored.word(status),
                        status.equals("absent") ? "nothing was said" : "it is no recording that can be heard");
    }

    private CustomerEvent voicemail() throws MalformedPayload {
        String recording = form.recording();
        int seconds = form.seconds();
        if (seconds == 0) {
            return ignored(recording + "|empty", "recording_empty", "nothing was said");
        }
        String text = "Voicemail, " + (seconds == 1 ? "1 second" : seconds + " seconds");
        ObjectNode data = Json.mapper()
                .createObjectNode()
                .put("callSid", form.call())
                .put("recordingSid", recording)
                .put("seconds", seconds);
        Part.Media audio = Part.Media.incoming(
                        MediaKind.AUDIO, "audio/mpeg", recording + ".mp3", null, form.need("RecordingUrl") + ".mp3")
                .voice(true);
        return message(
                recording,
                form.began().orElse(at),
                List.of(new Structured("voicemail", text, data), audio),
                form.call());
    }

    private CustomerEvent transcription() throws MalformedPayload {
        String id = form.sid("TranscriptionSid");
        Optional<String> text = form.find("TranscriptionText");
        return text.isPresent()
                ? message(id, at, List.of(new Part.Text(text.get())), form.recording())
                : ignored(id, "transcription_failed", "Twilio could not write down what was said");
    }

    private MessageReceived message(String id, Instant time, List<Part> parts, @Nullable String replyTo)
            throws MalformedPayload {
        CustomerEvent.Sender sender = caller.sender(form.call());
        return new MessageReceived(id, time, sender, id, parts, replyTo, Threading.NONE, UNANSWERABLE, null, null);
    }

    private Ignored ignored(String key, String kind, String why) {
        return new Ignored(key, at, kind, why);
    }
}
