// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.wechat;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.TokenProof;
import io.dragoman.model.Hashes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How WeChat proves what it posts, in the query: a hash over the token, the time and a word used once; in safe mode over
 * the ciphertext too. In plain mode nothing covers the body.
 */
final class QuerySignature {
    /** WeChat tries again for about 15 seconds; clocks differ. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private QuerySignature() {}

    static Verified verify(Account account, Request request) throws AuthenticationFailed {
        TokenProof.fresh(time(request), request.receivedAt(), LONGEST, "the timestamp in the address");
        if (isHandshake(request)) {
            return handshake(account, request);
        }
        if (account.find(WeChat.ENCODING_AES_KEY).isEmpty()) {
            Signature.unsigned(account, request); // the signature proves who posts, not what
            return match(account, request, "signature");
        }
        Envelope envelope = envelope(request);
        Verified verified = match(account, request, "msg_signature", envelope.encrypted());
        envelope.check(account); // only now is anything decrypted: no sender can try out paddings
        return verified;
    }

    static boolean isHandshake(Request request) {
        return request.method().equals("GET");
    }

    /** What WeChat expects to be answered; empty when it is nothing that can be put into an answer without a thought. */
    static String echo(Request request) {
        String echo = request.parameter("echostr");
        return echo.matches("[A-Za-z0-9_.=-]{1,256}") ? echo : "";
    }

    private static Verified handshake(Account account, Request request) throws AuthenticationFailed {
        if (echo(request).isEmpty()) {
            throw new AuthenticationFailed(403, "echostr is missing or no word");
        }
        return match(account, request, "signature");
    }

    private static Envelope envelope(Request request) throws AuthenticationFailed {
        try {
            return Envelope.read(request.body());
        } catch (MalformedPayload e) {
            throw new AuthenticationFailed(
                    "the body is not encrypted; set message encryption to safe mode in the server configuration");
        }
    }

    private static Verified match(Account account, Request request, String name, String... more)
            throws AuthenticationFailed {
        String[] words = Arrays.copyOf(more, more.length + 3);
        words[more.length] = account.get(WeChat.TOKEN).value();
        words[more.length + 1] = request.parameter("timestamp");
        words[more.length + 2] = request.parameter("nonce");
        byte[] expected = hash(words).getBytes(StandardCharsets.UTF_8);
        byte[] given = request.parameter(name).getBytes(StandardCharsets.UTF_8);
        return Signature.match(request, expected, given, name);
    }

    /** SHA-1, in hexadecimal digits, of the words in their order of characters. */
    private static String hash(String... words) {
        Arrays.sort(words);
        byte[] joined = String.join("", words).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Hashes.of("SHA-1", joined));
    }

    private static Instant time(Request request) throws AuthenticationFailed {
        String seconds = request.parameter("timestamp");
        if (!seconds.matches("\\d{1,11}")) {
            throw new AuthenticationFailed("the timestamp in the address is no time in seconds");
        }
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }
}
