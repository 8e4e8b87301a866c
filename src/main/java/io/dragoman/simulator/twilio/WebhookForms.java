// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.twilio;

import java.util.LinkedHashMap;
import java.util.Map;

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
}
