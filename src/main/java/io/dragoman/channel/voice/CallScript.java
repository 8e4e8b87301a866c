// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.voice;

import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.kit.FormFields;
import io.dragoman.connector.kit.PublicUrls;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What Twilio is to do with a call, in TwiML (https://www.twilio.com/docs/voice/twiml): it is the same for every copy of a
 * request, for it depends on the settings and the request alone.
 */
record CallScript(Account account) {
    /** A call comes in. */
    Acknowledgement incoming(Caller caller) {
        Optional<String> forward = account.find(Voice.FORWARD_TO);
        return forward.isEmpty() ? unanswered(caller) : response(dial(forward.get()));
    }

    /** Nobody takes it: what the caller hears, and the tone. */
    Acknowledgement unanswered(Caller caller) {
        String greeting = Voice.greeting(account);
        String say = greeting.isBlank() ? "" : element("Say", spoken(), escaped(greeting));
        return response(say + (account.get(Voice.VOICEMAIL) ? record(caller) : "") + "<Hangup/>");
    }

    /** The call is over. */
    static Acknowledgement over() {
        return response("<Hangup/>");
    }

    /** Nothing is left to be done. */
    static Acknowledgement nothing() {
        return response("");
    }

    private Map<String, String> spoken() {
        Map<String, String> attributes = new LinkedHashMap<>();
        account.find(Voice.VOICE).ifPresent(voice -> attributes.put("voice", voice));
        attributes.put("language", account.get(Voice.LANGUAGE));
        return attributes;
    }

    /** The caller hears it ring until somebody takes the call; that somebody did is told at once and at the end. */
    private String dial(String number) {
        Map<String, String> dial = new LinkedHashMap<>();
        dial.put("timeout", String.valueOf(account.get(Voice.RING_FOR).toSeconds()));
        dial.put("answerOnBridge", "true");
        dial.put("action", callback());
        Map<String, String> leg = new LinkedHashMap<>();
        leg.put("statusCallback", callback());
        leg.put("statusCallbackEvent", "answered");
        return element("Dial", dial, element("Number", leg, escaped(number)));
    }

    /** Without an action of its own, Twilio would ask again what to do with the call, and be told to record again. */
    private String record(Caller caller) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(
                "maxLength", String.valueOf(account.get(Voice.LONGEST_VOICEMAIL).toSeconds()));
        attributes.put("playBeep", "true");
        attributes.put("action", callback());
        attributes.put(
                "recordingStatusCallback",
                callback() + "?"
                        + new FormFields().add(Caller.PARAMETER, caller.value()).query());
        attributes.put("recordingStatusCallbackEvent", "completed absent");
        if (account.get(Voice.TRANSCRIBE)) {
            attributes.put("transcribe", "true");
            attributes.put("transcribeCallback", callback());
        }
        return element("Record", attributes, "");
    }

    private String callback() {
        return PublicUrls.callback(account);
    }

    private static Acknowledgement response(String verbs) {
        return Acknowledgement.xml("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>" + verbs + "</Response>");
    }

    private static String element(String name, Map<String, String> attributes, String content) {
        StringBuilder text = new StringBuilder("<").append(name);
        attributes.forEach((attribute, value) -> text.append(' ')
                .append(attribute)
                .append("=\"")
                .append(escaped(value))
                .append('"'));
        return content.isEmpty()
                ? text.append("/>").toString()
                : text.append('>')
                        .append(content)
                        .append("</")
                        .append(name)
                        .append('>')
                        .toString();
    }

    /** As XML 1.0 takes it: what may not stand there at all is left out. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().filter(CallScript::isAllowed).forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    private static boolean isAllowed(int c) {
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return c == '\n' || c == '\t' || (c >= ' ' && !surrogate && c != 0xFFFE && c != 0xFFFF);
    }
}
