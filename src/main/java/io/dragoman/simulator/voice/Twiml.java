// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.voice;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an answer tells Twilio to do with a call, checked as Twilio's schema does. */
final class Twiml {
    private static final String ENTITY = "&(?:amp|lt|gt|quot);";
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s+([A-Za-z]+)=\"((?:[^\"<&]|" + ENTITY + ")*+)\"");
    private static final Pattern TOKEN = Pattern.compile("<(?<name>[A-Za-z]+)(?<attributes>(?:" + ATTRIBUTE.pattern()
            + ")*+)\\s*(?<empty>/?)>|</(?<close>[A-Za-z]+)>|(?<text>(?:[^<&]|" + ENTITY + ")++)");

    private static final Map<String, Set<String>> VERBS = Map.of(
            "Response", Set.of(),
            "Say", Set.of("voice", "language", "loop"),
            "Record",
                    Set.of(
                            "action",
                            "method",
                            "timeout",
                            "finishOnKey",
                            "maxLength",
                            "playBeep",
                            "trim",
                            "recordingStatusCallback",
                            "recordingStatusCallbackMethod",
                            "recordingStatusCallbackEvent",
                            "transcribe",
                            "transcribeCallback"),
            "Dial",
                    Set.of(
                            "action",
                            "method",
                            "timeout",
                            "hangupOnStar",
                            "timeLimit",
                            "callerId",
                            "record",
                            "trim",
                            "recordingStatusCallback",
                            "answerOnBridge",
                            "ringTone"),
            "Number", Set.of("url", "method", "statusCallback", "statusCallbackMethod", "statusCallbackEvent"),
            "Hangup", Set.of(),
            "Pause", Set.of("length"),
            "Reject", Set.of("reason"));

    private Twiml() {}

    /**
     * One verb or noun.
     *
     * @param text what stands in it, without the white space around
     */
    record Verb(String name, Map<String, String> attributes, String text, List<Verb> nouns) {
        String attribute(String attribute) {
            return attributes.getOrDefault(attribute, "");
        }
    }

    /** The verbs of an answer; what Twilio's error log would say goes to {@code complaints}. */
    static List<Verb> read(String contentType, String body, Consumer<String> complaints) {
        if (!contentType.matches("(text|application)/xml.*")) {
            complaints.accept("12300: the content type is " + contentType);
            return List.of();
        }
        String document = body.replaceFirst("^<\\?xml [^>]*\\?>", "").strip();
        Matcher tokens = TOKEN.matcher(document);
        Deque<Verb> open = new ArrayDeque<>(List.of(new Verb("", Map.of(), "", new ArrayList<>())));
        int at = 0;
        while (at < document.length() && tokens.find() && tokens.start() == at && take(tokens, open, complaints)) {
            at = tokens.end();
        }
        List<Verb> roots = open.getLast().nouns();
        if (at < document.length()
                || open.size() != 1
                || roots.size() != 1
                || !roots.get(0).name().equals("Response")) {
            complaints.accept("12100: no XML, or no Response");
            return List.of();
        }
        return roots.get(0).nouns();
    }

    /** Takes a tag, or the text before one; false when it closes what is not open. */
    private static boolean take(Matcher token, Deque<Verb> open, Consumer<String> complaints) {
        if (token.group("text") != null) {
            Verb outer = open.pop();
            open.push(new Verb(
                    outer.name(),
                    outer.attributes(),
                    outer.text() + unescaped(token.group("text")).strip(),
                    outer.nouns()));
            return true;
        }
        if (token.group("close") != null) {
            Verb closed = open.pop();
            return !open.isEmpty()
                    && closed.name().equals(token.group("close"))
                    && open.element().nouns().add(closed);
        }
        Verb verb = new Verb(token.group("name"), attributes(token.group("attributes")), "", new ArrayList<>());
        check(verb, complaints);
        if (token.group("empty").isEmpty()) {
            open.push(verb);
        } else {
            open.element().nouns().add(verb);
        }
        return true;
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher each = ATTRIBUTE.matcher(text);
        while (each.find()) {
            attributes.put(each.group(1), unescaped(each.group(2)));
        }
        return attributes;
    }

    private static void check(Verb verb, Consumer<String> complaints) {
        Set<String> known = VERBS.get(verb.name());
        if (known == null) {
            complaints.accept("12200: there is no verb " + verb.name());
            return;
        }
        verb.attributes().keySet().stream()
                .filter(attribute -> !known.contains(attribute))
                .forEach(attribute -> complaints.accept("12200: " + verb.name() + " has no attribute " + attribute));
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }
}
