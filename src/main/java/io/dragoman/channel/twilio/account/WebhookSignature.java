// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio.account;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Signature;
import io.dragoman.connector.Verified;
import io.dragoman.connector.kit.PublicUrls;
import io.dragoman.connector.kit.ReceivedForm;
import io.dragoman.model.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Twilio's signature of a webhook: over the address as Twilio called it, letter by letter, and the form. A header names
 * the algorithm where a shared key signs instead of the Auth Token; npm twilio 6.3.1 is the description of that.
 */
public final class WebhookSignature {
    private static final String SIGNATURE = "x-twilio-signature";
    private static final String SETTINGS = "x-twilio-webhooks-signature-settings";
    private static final String WITHOUT_SETTINGS = "HMAC_SHA1";
    private static final Map<String, String> ALGORITHMS =
            Map.of(WITHOUT_SETTINGS, "HmacSHA1", "HMAC_SHA256", "HmacSHA256");

    /** The request headers that it looks at. */
    public static final Set<String> HEADERS = Set.of(SIGNATURE, SETTINGS);

    private WebhookSignature() {}

    /** Checks a request over its raw bytes, in constant time. */
    public static Verified verify(Account account, Request request) throws AuthenticationFailed {
        Optional<String> settings = request.header(SETTINGS).filter(text -> !text.isBlank());
        List<Secret> secrets = secrets(account, settings.isPresent());
        Optional<String> given = request.header(SIGNATURE);
        if (secrets.isEmpty() || given.isEmpty()) {
            return Signature.unsigned(account, request);
        }
        String algorithm = algorithm(settings.orElse(""));
        byte[] parameters = signedParameters(request);
        List<byte[]> expected = new ArrayList<>();
        for (String url : PublicUrls.of(account, request)) {
            for (Secret secret : secrets) {
                byte[] mac =
                        Signature.hmac(algorithm, secret.bytes(), url.getBytes(StandardCharsets.UTF_8), parameters);
                // compared as text: a decoder would let through signatures that differ in their last, unused bits
                expected.add(Base64.getEncoder().encode(mac));
            }
        }
        byte[] signature = given.get().strip().getBytes(StandardCharsets.UTF_8);
        return Signature.matchAny(request, expected, List.of(signature), "X-Twilio-Signature");
    }

    /** The shared key is asked for by the header alone; an Auth Token may sign with any of the algorithms. */
    private static List<Secret> secrets(Account account, boolean settings) {
        Stream<Setting<Secret>> all = settings
                ? Stream.of(
                        TwilioAccount.SHARED_KEY_SECRET, TwilioAccount.AUTH_TOKEN, TwilioAccount.SECONDARY_AUTH_TOKEN)
                : Stream.of(TwilioAccount.AUTH_TOKEN, TwilioAccount.SECONDARY_AUTH_TOKEN);
        return all.flatMap(setting -> account.find(setting).stream()).toList();
    }

    /** From {@code key=…,algorithm=HMAC_SHA256}. */
    private static String algorithm(String settings) throws AuthenticationFailed {
        String named = Stream.of(settings.split(",", -1))
                .map(part -> part.split("=", 2))
                .filter(pair -> pair.length == 2 && pair[0].strip().equals("algorithm"))
                .map(pair -> pair[1].strip().toUpperCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(WITHOUT_SETTINGS);
        String algorithm = ALGORITHMS.get(named);
        if (algorithm == null) {
            throw new AuthenticationFailed("the signature's algorithm is not one that we know: HMAC_SHA1, HMAC_SHA256");
        }
        return algorithm;
    }

    /** What the signature covers beside the address: of a GET nothing, of JSON its hash in the address. */
    private static byte[] signedParameters(Request request) throws AuthenticationFailed {
        if (WebhookForm.isGet(request)) {
            return new byte[0];
        }
        Optional<String> hash = WebhookForm.bodyHash(request);
        if (hash.isEmpty()) {
            return ReceivedForm.parse(request.body()).sorted();
        }
        byte[] ours = Hashes.sha256Hex(request.body()).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(ours, hash.get().getBytes(StandardCharsets.UTF_8))) {
            throw new AuthenticationFailed("bodySHA256 does not match");
        }
        return new byte[0];
    }
}
