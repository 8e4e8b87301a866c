// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.OpeningHours;
import io.dragoman.connector.Served.Body;
import io.dragoman.model.Json;
import java.time.Instant;

/** What the widget has to know of its channel before anybody writes. Nothing in it is secret. */
final class WidgetConfig {
    private WidgetConfig() {}

    static Body of(Account account) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("title", account.get(WebChat.TITLE)).put("color", account.get(WebChat.COLOR));
        account.find(WebChat.GREETING).ifPresent(text -> json.put("greeting", text));
        account.find(WebChat.HOURS).ifPresent(text -> json.put("hours", text));
        json.put("openingHours", account.find(WebChat.OPENING_HOURS).isPresent());
        account.find(WebChat.CONSENT).ifPresent(text -> json.put("consent", text));
        account.find(WebChat.PRIVACY_URL).ifPresent(url -> json.put("privacyUrl", url.toString()));
        json.put("identityRequired", WebChat.requiresIdentity(account));
        json.put("fileSize", account.get(WebChat.FILE_SIZE) * 1024L);
        json.put("transcript", account.find(WebChat.TRANSCRIPT_BY).isPresent());
        ChatSurvey.describe(account, json);
        json.put("textLength", WebChat.LONGEST_TEXT);
        ObjectNode form = json.putObject("form");
        account.find(WebChat.FORM).ifPresent(asked -> VisitorForm.FIELDS.stream()
                .filter(asked.fields()::containsKey)
                .forEach(field -> form.put(field, asked.fields().get(field))));
        account.get(WebChat.ORIGINS).sorted().forEach(json.putArray("origins")::add);
        return Body.json(200, Json.write(json));
    }

    /** Whether somebody is there; {@code changes} is when that ends, {@code now} the gateway's clock beside it. */
    static Body hours(OpeningHours.State state, Instant now) {
        ObjectNode json = Json.mapper().createObjectNode().put("open", state.open());
        if (state.changes() != null) {
            json.put("changes", state.changes().toString());
        }
        return Body.json(200, Json.write(json.put("now", now.toString())));
    }
}
