// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import io.dragoman.connector.AccessTokens;
import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.OAuthLogin;
import io.dragoman.connector.Response;
import io.dragoman.connector.StoredBlob;
import io.dragoman.connector.Transport;
import io.dragoman.yaml.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives the recorded answers of a case, one to what is sent and one to whoever asks for an access token, and keeps what
 * was asked; nothing leaves the machine. For one thread.
 */
final class CannedTransport implements Transport {
    private static final Response NOTHING = new Response(500, Map.of(), new byte[0]);
    /** What a request for a token is answered where the case does not say. */
    private static final String TOKEN =
            "{\"access_token\": \"access-1\", \"token_type\": \"Bearer\", \"expires_in\": 3600}";

    private final List<Response> answers;
    private final Response token;
    private final Set<URI> tokenUrls;
    private final byte[] file;
    private final Instant now;
    private final List<byte[]> kept = new ArrayList<>();
    private final AccessTokens tokens = new AccessTokens();
    private final List<HttpCall> calls = new ArrayList<>();
    private final List<HttpCall> tokenCalls = new ArrayList<>();

    private CannedTransport(List<Response> answers, Response token, Set<URI> tokenUrls, byte[] file, Instant now) {
        this.answers = List.copyOf(answers);
        this.token = token;
        this.tokenUrls = tokenUrls;
        this.file = file;
        this.now = now;
    }

    /** That of a case: {@code answer}, and {@code token.answer} where an access token is asked for. */
    static CannedTransport of(Node root, Connector connector, Account account, Instant now) throws CaseFailed {
        Set<URI> urls = connector instanceof OAuthLogin login
                ? login.oauth(account).map(OAuthLogin.Client::grants).orElse(List.of()).stream()
                        .map(grant -> grant.call(now))
                        .map(HttpCall::uri)
                        .collect(Collectors.toSet())
                : Set.of();
        Node given = root.get("token").flatMap(node -> node.get("answer")).orElse(null);
        Response token = given == null
                ? new Response(200, Map.of(), TOKEN.getBytes(StandardCharsets.UTF_8))
                : RequestCheck.response(given, "token.answer");
        if (root.get("token").isPresent() && urls.isEmpty()) {
            throw new CaseFailed("has token:, but the profile fetches no access token");
        }
        return new CannedTransport(answers(root), token, urls, file(root), now);
    }

    /** Those of {@code calls}, in order, else the one of {@code answer}. */
    private static List<Response> answers(Node root) throws CaseFailed {
        if (root.get("calls").isEmpty()) {
            return List.of(RequestCheck.response(SentCase.need(root, "answer"), "answer"));
        }
        List<Response> answers = new ArrayList<>();
        for (Node one : root.get("calls").map(Node::items).orElse(List.of())) {
            answers.add(RequestCheck.response(SentCase.need(one, "answer"), "calls[" + answers.size() + "].answer"));
        }
        if (answers.isEmpty()) {
            // `calls: []` expects that nothing is asked: what is asked all the same is found when they are compared
            answers.add(NOTHING);
        }
        return answers;
    }

    /** For what is received: nothing is asked. */
    static CannedTransport silent(Instant now) {
        return new CannedTransport(List.of(NOTHING), NOTHING, Set.of(), new byte[0], now);
    }

    private static byte[] file(Node root) {
        return root.get("send")
                .flatMap(send -> send.get("media"))
                .flatMap(media -> media.get("content"))
                .map(Node::text)
                .orElse("")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What was stored, in order. */
    List<byte[]> kept() {
        return kept;
    }

    /** The request that was made; of two the last, where the first was answered that its token is no good. */
    HttpCall call() throws CaseFailed {
        boolean again = calls.size() == 2 && answers.get(0).status() == 401 && !tokenCalls.isEmpty();
        if (calls.size() != 1 && !again) {
            throw new CaseFailed("made " + calls.size() + " requests instead of one");
        }
        return calls.get(calls.size() - 1);
    }

    /** All requests that were made. */
    List<HttpCall> calls() {
        return List.copyOf(calls);
    }

    /** The first request for an access token. */
    HttpCall tokenCall() throws CaseFailed {
        if (tokenCalls.isEmpty()) {
            throw new CaseFailed("asked for no access token");
        }
        return tokenCalls.get(0);
    }

    @Override
    public Response http(HttpCall call) {
        boolean login = tokenUrls.contains(call.uri());
        (login ? tokenCalls : calls).add(call);
        return login ? token : answers.get(Math.min(calls.size(), answers.size()) - 1);
    }

    @Override
    public AccessTokens tokens() {
        return tokens;
    }

    @Override
    public Download download(HttpCall call, long largest) {
        throw new UnsupportedOperationException("a case downloads nothing");
    }

    @Override
    public StoredBlob keep(InputStream bytes, String mimeType) throws IOException {
        byte[] all = bytes.readAllBytes();
        kept.add(all);
        return new StoredBlob("file-" + kept.size(), all.length, mimeType);
    }

    @Override
    public InputStream open(String mediaId) {
        return new ByteArrayInputStream(file);
    }

    @Override
    public SmtpReply smtp(SmtpServer server, String envelopeFrom, List<String> to, byte[] mail) {
        throw new UnsupportedOperationException("a case sends no mail");
    }

    @Override
    public Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
