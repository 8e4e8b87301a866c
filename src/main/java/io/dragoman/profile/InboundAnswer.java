// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.Acknowledgement;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.model.Json;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider is answered that posted something: always the same, or from what was posted.
 *
 * @param title the provider's name
 */
record InboundAnswer(Receiving receiving, String title) {
    /** Of what cannot be read there is nothing to say but that it is kept. */
    Acknowledgement to(Account account, Request request) {
        Acknowledgement answer = receiving.answer();
        Expression answered = receiving.answered();
        if (answered == null) {
            return answer;
        }
        try {
            Map<String, Object> settings = Map.of("settings", SettingText.open(account));
            Object value = new InboundDocument(receiving, title)
                    .whole(request, Optional.empty(), settings)
                    .evaluate(answered);
            return new Acknowledgement(answer.status(), answer.contentType(), value == null ? "{}" : Json.write(value));
        } catch (MalformedPayload e) {
            return new Acknowledgement(answer.status(), answer.contentType(), "{}");
        }
    }
}
