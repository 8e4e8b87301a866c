// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.kit.FormFields;
import io.dragoman.model.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The Bot API of one account. Its token stands in the path: no address made here may reach a log or an exception. */
record ApiClient(URI base, Secret token, byte[] uploadKey, Transport transport) {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    static ApiClient of(Account account, Transport transport) {
        return new ApiClient(
                account.get(Telegram.BASE_URL), account.get(Telegram.TOKEN), account.key("telegram upload"), transport);
    }

    /** Calls a method with JSON parameters. */
    BotAnswer call(String method, ObjectNode parameters) throws TransportFailure {
        return call(method, json(parameters), TIMEOUT);
    }

    BotAnswer call(String method, HttpCall.Body body, Duration timeout) throws TransportFailure {
        return BotAnswer.of(transport.http(
                HttpCall.post(at("/bot", "/" + method), body).trusting(base).timeout(timeout)));
    }

    /** The way to what {@code getFile} named. */
    HttpCall file(String path) {
        String encoded = Arrays.stream(path.split("/")).map(FormFields::segment).collect(Collectors.joining("/"));
        return HttpCall.get(at("/file/bot", "/" + encoded)).trusting(base).timeout(Duration.ofMinutes(2));
    }

    static ObjectNode parameters() {
        return Json.mapper().createObjectNode();
    }

    static HttpCall.Body json(ObjectNode parameters) {
        // through a String: half a surrogate pair becomes a question mark there, and an exception on the direct way
        return HttpCall.Body.json(Json.write(parameters).getBytes(StandardCharsets.UTF_8));
    }

    private URI at(String before, String after) {
        return URI.create(base + before + FormFields.segment(token.value()).replace("%3A", ":") + after);
    }
}
