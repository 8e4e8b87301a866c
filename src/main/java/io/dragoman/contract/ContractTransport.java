// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.AccessTokens;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Response;
import io.dragoman.connector.StoredBlob;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Hashes;
import io.dragoman.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLException;

/** A {@link Transport} for one connector alone: real HTTP, media in memory, no guard. Thread-safe. */
public class ContractTransport implements Transport {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final Duration longest;
    private final Clock clock;
    private final Map<String, byte[]> media = new ConcurrentHashMap<>();
    private final List<HttpCall> calls = new CopyOnWriteArrayList<>();
    private final AccessTokens tokens = new AccessTokens();

    /** A wire that waits for an answer no longer than this. */
    public ContractTransport(Duration longest, Clock clock) {
        this.longest = longest;
        this.clock = clock;
    }

    /** Every call that was made, in order. */
    public List<HttpCall> calls() {
        return calls;
    }

    /** The bytes kept under a name or id; throws when there are none. */
    public byte[] kept(String id) {
        byte[] bytes = media.get(id);
        if (bytes == null) {
            throw new AssertionError("nothing is kept as " + id);
        }
        return bytes;
    }

    /** Stores media, to be opened by this id. */
    public void put(String id, byte[] bytes) {
        media.put(id, bytes);
    }

    @Override
    public Response http(HttpCall call) throws TransportFailure {
        HttpResponse<InputStream> response = ask(call);
        try (InputStream body = response.body()) {
            return new Response(response.statusCode(), headers(response), body.readNBytes(4 * 1024 * 1024));
        } catch (IOException e) {
            throw TransportFailure.maybeSent(Reason.PROVIDER_DOWN, "the answer broke off");
        }
    }

    @Override
    public Download download(HttpCall call, long largest) throws TransportFailure {
        HttpResponse<InputStream> response = ask(call);
        try (InputStream body = response.body()) {
            if (response.statusCode() / 100 != 2) {
                byte[] text = body.readNBytes(4 * 1024 * 1024);
                return new Download.Answered(new Response(response.statusCode(), headers(response), text));
            }
            byte[] bytes = body.readNBytes((int) Math.min(Integer.MAX_VALUE - 8L, largest + 1));
            String type = response.headers().firstValue("content-type").orElse("application/octet-stream");
            return bytes.length > largest
                    ? new Download.TooLarge()
                    : new Download.Done(keep(new ByteArrayInputStream(bytes), type));
        } catch (IOException e) {
            throw TransportFailure.maybeSent(Reason.PROVIDER_DOWN, "the answer broke off");
        }
    }

    @Override
    public StoredBlob keep(InputStream bytes, String mimeType) throws IOException {
        byte[] all = bytes.readAllBytes();
        String name = Hashes.sha256Hex(all);
        media.put(name, all);
        return new StoredBlob(name, all.length, mimeType);
    }

    @Override
    public InputStream open(String mediaId) throws IOException {
        byte[] bytes = media.get(mediaId);
        if (bytes == null) {
            throw new FileNotFoundException("no such media");
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public SmtpReply smtp(SmtpServer server, String envelopeFrom, List<String> to, byte[] mail)
            throws TransportFailure {
        throw new UnsupportedOperationException("this wire knows no mail");
    }

    @Override
    public AccessTokens tokens() {
        return tokens;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    private HttpResponse<InputStream> ask(HttpCall call) throws TransportFailure {
        calls.add(call);
        try {
            return CLIENT.send(request(call), HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpConnectTimeoutException | ConnectException | SSLException e) {
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, call.uri().getHost() + " cannot be reached");
        } catch (HttpTimeoutException e) {
            throw TransportFailure.maybeSent(Reason.TIMEOUT, call.uri().getHost() + " did not answer");
        } catch (IOException e) {
            throw TransportFailure.maybeSent(Reason.PROVIDER_DOWN, call.uri().getHost() + " broke the connection");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TransportFailure.maybeSent(Reason.PROVIDER_DOWN, "interrupted");
        }
    }

    private HttpRequest request(HttpCall call) {
        Duration timeout = call.timeout().compareTo(longest) < 0 ? call.timeout() : longest;
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri()).timeout(timeout);
        call.headers().forEach(request::header);
        if (call.authorization() != null) {
            request.header("Authorization", call.authorization().value());
        }
        if (call.body() == null) {
            return request.method(call.method(), HttpRequest.BodyPublishers.noBody())
                    .build();
        }
        HttpCall.Body body = call.body();
        HttpRequest.BodyPublisher bytes = HttpRequest.BodyPublishers.ofInputStream(() -> {
            try {
                return body.source().open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return request.header("Content-Type", body.contentType())
                .method(call.method(), HttpRequest.BodyPublishers.fromPublisher(bytes, body.length()))
                .build();
    }

    private static Map<String, String> headers(HttpResponse<?> response) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return headers;
    }
}
