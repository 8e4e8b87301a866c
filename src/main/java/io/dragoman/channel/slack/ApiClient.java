// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.FormFields;
import io.dragoman.model.Json;
import java.net.URI;
import java.util.Map;

/** Slack's Web API with the bot's token. Thread-safe. */
record ApiClient(Account account, Transport transport) {
    HttpCall json(String method, JsonNode body) {
        return post(method, HttpCall.Body.json(Json.bytes(body)));
    }

    HttpCall form(String method, Map<String, String> fields) {
        return post(method, HttpCall.Body.form(encoded(fields)));
    }

    HttpCall query(String method, Map<String, String> fields) {
        return signed(HttpCall.get(URI.create(account.get(Slack.BASE_URL) + "/" + method + "?" + encoded(fields))));
    }

    private HttpCall post(String method, HttpCall.Body body) {
        return signed(HttpCall.post(URI.create(account.get(Slack.BASE_URL) + "/" + method), body));
    }

    private HttpCall signed(HttpCall call) {
        return call.bearer(account.get(Slack.BOT_TOKEN)).trusting(account.get(Slack.BASE_URL));
    }

    private static String encoded(Map<String, String> fields) {
        FormFields form = new FormFields();
        fields.forEach(form::add);
        return form.query();
    }
}
