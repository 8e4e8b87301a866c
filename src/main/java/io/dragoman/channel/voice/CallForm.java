// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.voice;

import io.dragoman.channel.twilio.account.WebhookForm;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.ReceivedForm;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Twilio posts of a call: https://www.twilio.com/docs/voice/twiml and the pages of {@code Dial}, {@code Number} and
 * {@code Record}. All of it comes to one address; its parameters tell it apart.
 */
record CallForm(ReceivedForm form) {
    private static final Set<String> ENDED = Set.of("completed", "busy", "no-answer", "canceled", "failed");
    private static final Set<String> TAKEN = Set.of("completed", "answered");
    private static final Pattern AT_THE_END = Pattern.compile("/(RE[0-9A-Za-z]{3,62})$");

    /** What one request is about. */
    enum What {
        /** A call comes in, or has ended. */
        CALL,
        /** The phone that a call was forwarded to rings no more: somebody took the call, or nobody did. */
        DIALED,
        /** The leg of the call to that phone. */
        OTHER_LEG,
        /** A caller has spoken; the recording is being made. */
        RECORDED,
        /** What became of a recording. */
        RECORDING,
        /** What was said, in writing. */
        TRANSCRIPTION
    }

    What what() {
        if (has("TranscriptionSid")) {
            return What.TRANSCRIPTION;
        }
        if (has("RecordingStatus")) {
            return What.RECORDING;
        }
        if (has("DialCallStatus")) {
            return What.DIALED;
        }
        if (has("RecordingUrl") && has("RecordingDuration")) {
            return What.RECORDED;
        }
        return has("ParentCallSid") ? What.OTHER_LEG : What.CALL;
    }

    /** The id of the call; of a forwarded one, that of the caller's leg. */
    String call() throws MalformedPayload {
        return sid("CallSid");
    }

    /** The id of the recording; it ends the recording's address too. */
    String recording() throws MalformedPayload {
        Matcher end = AT_THE_END.matcher(form.text("RecordingUrl").strip());
        return has("RecordingSid") || !end.find() ? sid("RecordingSid") : end.group(1);
    }

    /** Whether the phone that the call was forwarded to was answered. */
    boolean isTaken() {
        return TAKEN.contains(word("DialCallStatus"));
    }

    /** Whether the call is over. */
    boolean isEnded() {
        return ENDED.contains(status());
    }

    boolean isInProgress() {
        return status().equals("in-progress");
    }

    /** The call's own status, in lower case; empty for none. */
    String status() {
        return word("CallStatus");
    }

    String recordingStatus() {
        return word("RecordingStatus");
    }

    /** How long the recording is. */
    int seconds() {
        return form.number("RecordingDuration");
    }

    /** When the recording began, where Twilio tells. */
    Optional<Instant> began() {
        try {
            return form.find("RecordingStartTime")
                    .map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    Optional<String> find(String name) {
        return form.find(name);
    }

    /** A value that must be there. */
    String need(String name) throws MalformedPayload {
        Optional<String> value = form.find(name);
        if (value.isEmpty()) {
            throw new MalformedPayload(name + " is missing: this tells nothing of a call");
        }
        return value.get().strip();
    }

    /** An id that must be there. */
    String sid(String name) throws MalformedPayload {
        String sid = need(name);
        if (!WebhookForm.isSid(sid)) {
            throw new MalformedPayload(name + " is not one");
        }
        return sid;
    }

    private boolean has(String name) {
        return form.find(name).isPresent();
    }

    private String word(String name) {
        return form.text(name).strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "CallForm[" + what() + "]";
    }
}
