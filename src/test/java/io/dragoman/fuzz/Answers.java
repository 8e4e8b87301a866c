// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fuzz;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Response;
import io.dragoman.connector.StoredBlob;
import io.dragoman.connector.Transport;
import io.dragoman.contract.Performing;
import io.dragoman.contract.SampleNotice;
import io.dragoman.model.Part;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** What a provider answers when we send: its first two bytes choose the status. */
final class Answers {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final int[] STATUSES = {200, 201, 204, 301, 400, 401, 403, 404, 409, 413, 429, 500, 503, 599};

    private Answers() {}

    static Target of(String kind) {
        Connector connector = Accounts.connector(kind);
        Account account = Accounts.account(kind);
        Outbound outbound = kind.equals("webhook") ? SampleNotice.of("k", "hello") : message();
        return input -> {
            int status = input.length == 0 ? 200 : STATUSES[(input[0] & 0xff) % STATUSES.length];
            byte[] body = input.length == 0 ? input : java.util.Arrays.copyOfRange(input, 1, input.length);
            Outcome outcome =
                    Performing.send(connector, account, outbound, new Fixed(new Response(status, Map.of(), body)));
            Targets.expect(
                    outcome.toString().length() < 2_000,
                    "an outcome is " + outcome.toString().length() + " long");
        };
    }

    private static Outbound message() {
        return new Outbound.ToCustomer(
                "k", "m", "c", "4917000", List.of(new Part.Text("hello")), null, null, List.of(), null, false);
    }

    /** A wire at whose other end stands always the same answer. */
    private record Fixed(Response response) implements Transport {
        @Override
        public Response http(HttpCall call) {
            return response;
        }

        @Override
        public Download download(HttpCall call, long largest) {
            return new Download.Answered(response);
        }

        @Override
        public StoredBlob keep(InputStream bytes, String mimeType) throws IOException {
            throw new IOException("nothing is kept here");
        }

        @Override
        public InputStream open(String mediaId) throws IOException {
            throw new FileNotFoundException(mediaId);
        }

        @Override
        public SmtpReply smtp(SmtpServer server, String envelopeFrom, List<String> to, byte[] mail) {
            return new SmtpReply(250, "");
        }

        @Override
        public Clock clock() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }
    }
}
