// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.twilio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.simulator.SimulatorResponse;
import io.dragoman.simulator.UrlEncoded;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Twilio answers to a request that it does not take. */
enum TwilioRefusal {
    AUTHENTICATE(401, 20003, "Authenticate"),
    NOT_FOUND(404, 20404, "The requested resource was not found"),
    BAD_REQUEST(400, 20001, "Bad request"),
    NO_BODY(400, 21602, "Message body is required"),
    NO_SENDER(400, 21603, "A 'From' phone number is required"),
    NO_RECIPIENT(400, 21604, "A 'To' phone number is required"),
    BAD_RECIPIENT(400, 21211, "Invalid 'To' Phone Number"),
    BAD_SENDER(400, 21606, "The 'From' phone number provided is not a valid message-capable Twilio phone number"),
    BAD_CHANNEL(400, 63007, "Twilio could not find a Channel with the specified From address"),
    UNSUBSCRIBED(400, 21610, "Attempt to send to unsubscribed recipient"),
    TOO_LONG(400, 21617, "The concatenated message body exceeds the 1600 character limit"),
    BAD_MEDIA(400, 21620, "Invalid media URL(s)"),
    MANY_MEDIA(400, 21623, "Number of media files exceeds allowed limit"),
    BAD_CALLBACK(400, 21609, "Invalid 'StatusCallback' URL"),
    BAD_CONTENT(400, 21655, "The ContentSid is Invalid"),
    BAD_VARIABLES(400, 21656, "The ContentVariables Parameter is invalid");

    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{5,14}");
    private static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.[A-Za-z0-9]+");
    private static final Pattern WEB = Pattern.compile("https?://.+");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final int status;
    private final int code;
    private final String message;

    TwilioRefusal(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    SimulatorResponse response() {
        return SimulatorResponse.json(
                status,
                MAPPER.createObjectNode()
                        .put("code", code)
                        .put("message", message)
                        .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                        .put("status", status));
    }

    /** What is wrong with a message to be sent; null when nothing is. */
    static @Nullable TwilioRefusal of(UrlEncoded form, String sender, Set<String> stopped, Set<String> templates) {
        TwilioRefusal refusal = addresses(form, sender);
        if (refusal != null) {
            return refusal;
        }
        if (stopped.contains(form.get("To"))) {
            return UNSUBSCRIBED;
        }
        return content(form, templates);
    }

    private static @Nullable TwilioRefusal addresses(UrlEncoded form, String sender) {
        String to = form.get("To");
        boolean whatsapp = to.startsWith("whatsapp:");
        String bare = whatsapp ? to.substring("whatsapp:".length()) : to;
        if (to.isBlank()) {
            return NO_RECIPIENT;
        }
        if (!PHONE.matcher(bare).matches()
                && !(whatsapp && USER_ID.matcher(bare).matches())) {
            return BAD_RECIPIENT;
        }
        if (!form.has("From") && !form.has("MessagingServiceSid")) {
            return NO_SENDER;
        }
        if (form.has("From") && !form.get("From").equals(sender)) {
            return whatsapp ? BAD_CHANNEL : BAD_SENDER;
        }
        if (whatsapp != sender.startsWith("whatsapp:")) {
            return BAD_CHANNEL;
        }
        return form.has("StatusCallback")
                        && !WEB.matcher(form.get("StatusCallback")).matches()
                ? BAD_CALLBACK
                : null;
    }

    private static @Nullable TwilioRefusal content(UrlEncoded form, Set<String> templates) {
        List<String> media = form.all("MediaUrl");
        String body = form.get("Body");
        if (form.has("ContentSid")) {
            return !templates.contains(form.get("ContentSid"))
                    ? BAD_CONTENT
                    : parse(form) == null ? BAD_VARIABLES : null;
        }
        if (body.isBlank() && media.isEmpty()) {
            return NO_BODY;
        }
        if (body.codePointCount(0, body.length()) > 1600) {
            return TOO_LONG;
        }
        if (media.size() > (form.get("To").startsWith("whatsapp:") ? 1 : 10)) {
            return MANY_MEDIA;
        }
        return media.stream().allMatch(url -> WEB.matcher(url).matches()) ? null : BAD_MEDIA;
    }

    /** The values of a template's places. */
    static Map<String, String> variables(UrlEncoded form) {
        Map<String, String> variables = parse(form);
        return variables == null ? Map.of() : variables;
    }

    private static @Nullable Map<String, String> parse(UrlEncoded form) {
        if (!form.has("ContentVariables")) {
            return Map.of();
        }
        try {
            return MAPPER.readValue(form.get("ContentVariables"), new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
