// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.voice;

import io.dragoman.simulator.UrlEncoded;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** What Twilio posts of a call, and what it signs of that. */
final class CallForms {
    private CallForms() {}

    /** The parameters that stand in every request about the caller's leg. */
    static Map<String, String> call(String account, String call, String from, String to, String status) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("AccountSid", account);
        form.put("ApiVersion", "2010-04-01");
        form.put("CallSid", call);
        form.put("CallStatus", status);
        form.put("Called", to);
        form.put("CalledCity", "");
        form.put("CalledCountry", "US");
        form.put("Caller", from);
        form.put("Direction", "inbound");
        form.put("From", from);
        form.put("FromCountry", "");
        form.put("To", to);
        form.put("ToCountry", "US");
        return form;
    }

    /** The leg to the phone that a call is forwarded to. */
    static Map<String, String> leg(String account, String leg, String call, String from, String to) {
        Map<String, String> form = call(account, leg, from, to, "in-progress");
        form.put("Direction", "outbound-dial");
        form.put("ParentCallSid", call);
        form.put("CallbackSource", "call-progress-events");
        form.put("SequenceNumber", "0");
        form.put("Timestamp", now());
        return form;
    }

    /** What became of a recording: who called is not in it. */
    static Map<String, String> recording(
            String account, String call, String recording, String url, String status, int seconds) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("RecordingSource", "RecordVerb");
        form.put("RecordingSid", recording);
        form.put("RecordingUrl", url);
        form.put("RecordingStatus", status);
        form.put("RecordingChannels", "1");
        form.put("ErrorCode", status.equals("absent") ? "16102" : "0");
        form.put("CallSid", call);
        form.put("RecordingStartTime", now());
        form.put("AccountSid", account);
        form.put("RecordingDuration", String.valueOf(seconds));
        return form;
    }

    private static String now() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
    }

    /** A form as it is posted. */
    static byte[] written(Map<String, String> form) {
        return UrlEncoded.write(form).getBytes(StandardCharsets.UTF_8);
    }

    /** What is signed of a form: the address, then each name with its values, in the order of the names. */
    static byte[] signed(URI url, byte[] form) {
        StringBuilder text = new StringBuilder(url.toString());
        try {
            UrlEncoded fields = UrlEncoded.read(new String(form, StandardCharsets.UTF_8));
            new TreeSet<>(fields.names()).forEach(name -> text.append(name).append(String.join("", fields.all(name))));
        } catch (IllegalArgumentException e) {
            text.append(new String(form, StandardCharsets.UTF_8)); // no form at all: nobody knows what it would sign
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
