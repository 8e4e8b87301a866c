// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import java.net.URI;

/** The client-server API of one account's homeserver (spec.matrix.org, v1.19). Thread-safe. */
record ApiClient(Account account, Transport transport) {
    /** Of most calls. */
    static final String CLIENT = "/_matrix/client/v3";

    HttpCall get(String path) {
        return signed(HttpCall.get(uri(path)));
    }

    HttpCall post(String path, Object json) {
        return post(path, HttpCall.Body.json(Json.bytes(json)));
    }

    HttpCall post(String path, HttpCall.Body body) {
        return signed(HttpCall.post(uri(path), body));
    }

    HttpCall put(String path, Object json) {
        return post(path, json).by("PUT");
    }

    Response ask(HttpCall call) throws TransportFailure {
        return transport.http(call);
    }

    /** What a question was answered; what it does not find is an answer, too. */
    Response known(String path) throws TransportFailure {
        Response answer = ask(get(path));
        if (answer.ok() || answer.status() == 403 || answer.status() == 404) {
            return answer;
        }
        throw ErrorTable.failure(answer);
    }

    /** The account's own user id. */
    String whoAmI() throws TransportFailure {
        Response answer = ask(get(CLIENT + "/account/whoami"));
        if (!answer.ok()) {
            throw ErrorTable.failure(answer);
        }
        String user = answer.json().path("user_id").asText("");
        if (!MatrixId.isUser(user)) {
            throw TransportFailure.notSent(
                    Reason.PROVIDER_DOWN,
                    "what answers at baseUrl does not say whose accessToken it is: no homeserver?");
        }
        return user;
    }

    /** How a call ended that changes something and may be repeated. */
    Outcome attempt(HttpCall call) {
        return transport
                .attempt(call, answer -> answer.ok() ? new Outcome.Sent(null) : ErrorTable.refusal(answer))
                .repeatable();
    }

    private HttpCall signed(HttpCall call) {
        return call.bearer(account.get(MatrixSettings.ACCESS_TOKEN)).trusting(account.get(MatrixSettings.BASE_URL));
    }

    private URI uri(String path) {
        return URI.create(account.get(MatrixSettings.BASE_URL) + path);
    }
}
