// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.rival;

import io.dragoman.bench.wire.HmacSha256;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Posts notices by Standard Webhooks. On one event loop. */
final class BareDesk {
    private static final int CONNECTIONS = 64;

    private final HttpClient client;
    private final int port;
    private final HmacSha256 hmac = new HmacSha256("the secret of the desk".getBytes(StandardCharsets.UTF_8));

    BareDesk(Vertx vertx, int port) {
        client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(CONNECTIONS));
        this.port = port;
    }

    /** The desk's answer. */
    Future<String> post(long id, byte[] notice) {
        return client.request(HttpMethod.POST, port, "127.0.0.1", "/hook")
                .compose(request -> sign(request, Long.toString(id), notice).send(Buffer.buffer(notice)))
                .compose(HttpClientResponse::body)
                .map(Buffer::toString);
    }

    private HttpClientRequest sign(HttpClientRequest request, String id, byte[] notice) {
        String seconds = Long.toString(Instant.now().getEpochSecond());
        byte[] signature = hmac.of((id + "." + seconds + ".").getBytes(StandardCharsets.US_ASCII), notice);
        return request.putHeader("content-type", "application/json")
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", seconds)
                .putHeader("webhook-signature", "v1," + Base64.getEncoder().encodeToString(signature));
    }
}
