// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.rival;

import io.dragoman.bench.wire.HmacSha256;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a durable journey costs at least: the same four commits as the gateway's, each on the disk before what follows,
 * and nothing else: no rules, retries, limits, recovery, or second kind of channel. Arguments: its port, the desk's,
 * the SQLite file, the secret of the webhooks.
 */
public final class BareJourneyMain {
    private static final String SIGNATURE = "X-Hub-Signature-256";
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final HmacSha256 hmac;
    private final BareFlow flow;

    private BareJourneyMain(HmacSha256 hmac, BareFlow flow) {
        this.hmac = hmac;
        this.flow = flow;
    }

    /** Serves until it is ended. */
    public static void main(String[] args) throws SQLException {
        Vertx vertx = Vertx.vertx();
        int port = Integer.parseInt(args[0]);
        BareWriter writer = BareWriter.open(Path.of(args[2]));
        HmacSha256 hmac = new HmacSha256(args[3].getBytes(StandardCharsets.UTF_8));
        // on one event loop: what is not the writer's has one thread
        vertx.runOnContext(start -> {
            BareDesk desk = new BareDesk(vertx, Integer.parseInt(args[1]));
            BareJourneyMain main = new BareJourneyMain(hmac, new BareFlow(vertx.getOrCreateContext(), writer, desk));
            vertx.createHttpServer().requestHandler(main::receive).listen(port, "127.0.0.1");
        });
    }

    private void receive(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (request.path().equals("/ready")) {
            response.end();
            return;
        }
        request.body().onSuccess(body -> {
            if (authentic(request.getHeader(SIGNATURE), body)) {
                flow.accept(body.getBytes(), () -> response.setStatusCode(OK).end());
            } else {
                response.setStatusCode(UNAUTHORIZED).end();
            }
        });
    }

    private boolean authentic(@Nullable String signature, Buffer body) {
        String expected = "sha256=" + HexFormat.of().formatHex(hmac.of(body.getBytes()));
        return signature != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.US_ASCII));
    }
}
