// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.twilio;

import io.dragoman.simulator.UrlEncoded;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** What Twilio's webhooks hold. */
final class WebhookForms {
    private WebhookForms() {}

    /** A message from a customer. */
    static Map<String, String> message(String sid, String customer, String to, String text) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("ToCountry", "US");
        form.put("ToState", "");
        form.put("SmsMessageSid", sid);
        form.put("NumMedia", "0");
        form.put("SmsSid", sid);
        form.put("SmsStatus", "received");
        form.put("Body", text);
        form.put("To", to);
        form.put("NumSegments", String.valueOf(Segments.of(text)));
        form.put("MessageSid", sid);
        form.put("AccountSid", TwilioSimulator.ACCOUNT);
        form.put("From", customer);
        form.put("ApiVersion", "2010-04-01");
        if (customer.startsWith("whatsapp:")) {
            String bare = customer.substring("whatsapp:".length());
            form.put("MessageType", "text");
            form.put("ProfileName", "Customer " + bare.substring(Math.max(0, bare.length() - 2)));
            form.put(
                    bare.startsWith("+") ? "WaId" : "ExternalUserId",
                    bare.startsWith("+") ? bare.substring(1) : customer);
        }
        return form;
    }

    /** What became of a message to a customer. */
    static Map<String, String> status(TwilioMessage message) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("ApiVersion", "2010-04-01");
        form.put("MessageStatus", message.status());
        form.put("SmsSid", message.sid());
        form.put("SmsStatus", message.status());
        form.put("To", message.to());
        form.put("From", message.from());
        form.put("MessageSid", message.sid());
        form.put("AccountSid", message.account());
        if (message.errorCode() != 0) {
            form.put("ErrorCode", String.valueOf(message.errorCode()));
        }
        return form;
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
