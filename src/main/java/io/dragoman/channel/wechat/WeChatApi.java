// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.wechat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.AccessTokens;
import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Transport;
import io.dragoman.connector.kit.FormFields;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.MediaDownload;
import io.dragoman.model.Json;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** WeChat's API on behalf of one account. The token stands in the address, as WeChat has it. Thread-safe. */
record WeChatApi(Account account, Transport transport) {
    private static final long LARGEST = 50L << 20;

    /** Posts JSON without escapes, which WeChat shows as they are written: as bytes, emoji would be written so. */
    Outcome post(String path, ObjectNode body) {
        byte[] json = Json.write(body).getBytes(StandardCharsets.UTF_8);
        return attempt(
                (token, answered) -> transport.attempt(
                        HttpCall.post(uri(path, token, ""), HttpCall.Body.json(json))
                                .trusting(base()),
                        answered),
                ErrorTable::outcome);
    }

    /** Does something with the access token; again with a new one when WeChat refuses that one. */
    Outcome attempt(AccessTokens.Attempt attempt, Function<Response, Outcome> answered) {
        return transport.tokens().attempt(new StableToken(account), transport, attempt, answered);
    }

    URI uri(String path, Secret token, String more) {
        String query = new FormFields().add("access_token", token.value()).query();
        return URI.create(base() + path + "?" + query + more);
    }

    URI base() {
        return account.get(WeChat.BASE_URL);
    }

    /** Fetches what a customer attached: by its id, which WeChat knows for three days, or a picture by its address. */
    Outcome fetch(Part.Media media) {
        String source = String.valueOf(media.source());
        if (source.matches("[A-Za-z0-9_-]{1,256}")) {
            String query = "&" + new FormFields().add("media_id", source).query();
            return attempt(
                            (token, answered) -> fetch(
                                    HttpCall.get(uri("/cgi-bin/media/get", token, query))
                                            .trusting(base()),
                                    answered),
                            this::told)
                    .repeatable();
        }
        return MediaDownload.address(source).map(this::elsewhere).orElseGet(MediaDownload::noAddress);
    }

    /** Errors come with 200 and as JSON: then they are asked for once more, to be read. */
    private Outcome fetch(HttpCall call, Function<Response, Outcome> answered) {
        Outcome outcome = MediaDownload.fetch(call, LARGEST, null, transport, answered);
        boolean told = outcome instanceof Outcome.Fetched fetched
                && fetched.blob().mimeType().matches("application/json|text/(plain|json)");
        return told ? transport.attempt(call, answered) : outcome;
    }

    /** What WeChat says instead of the bytes: why not, or where a film is. */
    private Outcome told(Response answer) {
        if (MediaDownload.isGone(answer)) {
            return new Outcome.Refused(Reason.MEDIA_REFUSED, "WeChat answered " + answer.status());
        }
        Optional<URI> film = MediaDownload.address(JsonFields.of(answer.json()).word("video_url"));
        if (answer.ok() && film.isPresent()) {
            return elsewhere(film.get());
        }
        Outcome outcome = ErrorTable.outcome(answer);
        return outcome instanceof Outcome.Sent
                ? new Outcome.Retry(Reason.PROVIDER_DOWN, "WeChat gave no media")
                : outcome;
    }

    private Outcome elsewhere(URI address) {
        HttpCall call = HttpCall.get(address).follow(3);
        boolean ours = HttpCall.sameOrigin(address, base());
        return MediaDownload.fetch(ours ? call.trusting(base()) : call, LARGEST, "WeChat", transport);
    }
}
