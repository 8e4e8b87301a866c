// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio.account;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.kit.ReceivedForm;
import java.util.Locale;
import java.util.Optional;

/** The parameters of a webhook, wherever Twilio put them. */
public final class WebhookForm {
    private static final String BODY_HASH = "bodySHA256";

    private WebhookForm() {}

    /** What a request tells, read from exactly the bytes that its signature covers. */
    public static ReceivedForm of(Request request) throws MalformedPayload {
        if (isGet(request)) {
            return ReceivedForm.parse(request.query());
        }
        String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        boolean json = type.startsWith("application/json") && bodyHash(request).isPresent();
        return json ? ReceivedForm.ofJson(request.body()) : ReceivedForm.parse(request.body());
    }

    static boolean isGet(Request request) {
        return request.method().equalsIgnoreCase("GET");
    }

    /** The hash of the body in the query, with which Twilio signs what is not a form. */
    static Optional<String> bodyHash(Request request) {
        return request.query().contains(BODY_HASH)
                ? ReceivedForm.parse(request.query()).find(BODY_HASH)
                : Optional.empty();
    }

    /** Liberal, but nothing that could hold words: ids stand in logs. */
    public static boolean isSid(String text) {
        return text.matches("[0-9A-Za-z]{3,64}");
    }
}
