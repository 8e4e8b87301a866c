// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Json;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Discord's HTTP API for one account. Thread-safe. */
record ApiClient(Account account, Transport transport) {
    HttpCall get(String path) {
        return signed(HttpCall.get(uri(path)));
    }

    HttpCall post(String path, HttpCall.Body body) {
        return signed(HttpCall.post(uri(path), body));
    }

    HttpCall post(String path, Object body) {
        return post(path, HttpCall.Body.json(Json.bytes(body)));
    }

    HttpCall patch(String path, Object body) {
        return post(path, body).by("PATCH");
    }

    Response ask(HttpCall call) throws TransportFailure {
        return transport.http(call);
    }

    /** Answers an interaction, which needs no token of the bot but its own. */
    Response answer(String id, String token, Map<String, Object> answer) throws TransportFailure {
        URI uri = uri("/interactions/" + id + "/" + token + "/callback");
        return ask(HttpCall.post(uri, HttpCall.Body.json(Json.bytes(answer)))
                .header("User-Agent", name())
                .trusting(base()));
    }

    private HttpCall signed(HttpCall call) {
        Secret token = account.get(DiscordSettings.BOT_TOKEN);
        return call.header("User-Agent", name())
                .authorized(new Secret("Bot " + token.value()))
                .trusting(base());
    }

    /** The form that Discord requires, lest its proxy keep a bot out. */
    private String name() {
        return "DiscordBot (" + account.home().publicUrl() + ", 1)";
    }

    private URI base() {
        return account.get(DiscordSettings.BASE_URL);
    }

    private URI uri(String path) {
        return URI.create(base() + path);
    }

    /** A JSON text, where a field of an answer is one. */
    static @Nullable String text(Response response, String name) {
        return response.json().path(name).isTextual()
                ? response.json().path(name).textValue()
                : null;
    }
}
