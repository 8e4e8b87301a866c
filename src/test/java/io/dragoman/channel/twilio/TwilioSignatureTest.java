// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import static io.dragoman.channel.twilio.Sdk.accepts;
import static io.dragoman.channel.twilio.Sdk.sign;
import static io.dragoman.channel.twilio.TwilioAccounts.account;
import static io.dragoman.channel.twilio.TwilioAccounts.get;
import static io.dragoman.channel.twilio.TwilioAccounts.post;
import static io.dragoman.channel.twilio.TwilioAccounts.sms;
import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import io.dragoman.connector.Account;
import io.dragoman.connector.Request;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The signature, with Twilio's own SDK as the oracle. */
final class TwilioSignatureTest {
    private static final int INPUTS = 1_500;
    private static final List<String> WORDS = List.of(
            "",
            " ",
            "a",
            "hi there",
            "გამარჯობა",
            "Բարև",
            "สวัสดี",
            "مرحبا",
            "👩‍👩‍👧",
            "a&b=c",
            "1+1=2%",
            "\r\n\t",
            "%41",
            "é",
            "\u0000",
            "日本",
            "~!*'()",
            "\uFFFD",
            "+4917000",
            "whatsapp:+49",
            "{\"a\":\"b\"}",
            "#",
            "?");
    private static final List<String> NAMES = List.of(
            "Body",
            "From",
            "To",
            "MessageSid",
            "AccountSid",
            "NumMedia",
            "X",
            "x",
            "Größe",
            "🙂",
            "\uFF21",
            "Body2",
            "MediaUrl0");
    private static final List<String> QUERIES = List.of(
            "", "a=1", "tenant=%C3%A9&x=%2B", "q=a+b&&c", "foo=1&bar=2", "empty=", "u=https%3A%2F%2Fx.example%2F%3Fa");

    private final Random random = new Random(20261121);

    @Test
    void agreesWithTheSdkOnForms() {
        for (int i = 0; i < INPUTS; i++) {
            String token = "token" + random.nextInt();
            String base = publicUrl();
            String query = pick(QUERIES);
            Map<String, String> params = params();
            String called = otherPort(base) + "/channels/sms" + (query.isEmpty() ? "" : "?" + query);
            String signature = sign(token, called, params);
            Account account = account(base, sms("authToken", token));
            RequestValidator sdk = new RequestValidator(token);

            assertThat(sdk.validate(called, params, signature)).isTrue();
            assertThat(accepts(account, post(query, encode(params), signature)))
                    .as("%s %s", called, params)
                    .isTrue();

            Map<String, String> changed = changed(params);
            assertThat(sdk.validate(called, changed, signature)).isFalse();
            assertThat(accepts(account, post(query, encode(changed), signature)))
                    .isFalse();
            assertThat(accepts(account, post(query + "x", encode(params), signature)))
                    .isFalse();
            assertThat(accepts(account, post(query, encode(params), flipped(signature))))
                    .isFalse();
            assertThat(accepts(account(base, sms("authToken", token + "x")), post(query, encode(params), signature)))
                    .isFalse();
        }
    }

    @Test
    void agreesWithTheSdkOnBrokenBytes() {
        RequestValidator sdk = new RequestValidator(TwilioAccounts.TOKEN);
        Account account = account(sms());
        String url = "https://chat.example.com/channels/sms";
        int accepted = 0;
        for (int i = 0; i < INPUTS; i++) {
            Map<String, String> params = params();
            String signature = sign(TwilioAccounts.TOKEN, url, params);
            byte[] body = encode(params).getBytes(StandardCharsets.UTF_8);
            if (body.length == 0) {
                continue;
            }
            body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
            boolean ours = accepts(account, post("", body, Map.of("x-twilio-signature", signature)));
            // Another spelling of the same parameters (%2b for %2B) is authentic, anything else is not
            assertThat(ours).isEqualTo(sdkAccepts(sdk, url, body, signature));
            accepted += ours ? 1 : 0;
        }
        assertThat(accepted).isLessThan(INPUTS / 10);
    }

    @Test
    void agreesWithTheSdkOnGet() {
        for (int i = 0; i < INPUTS; i++) {
            String base = publicUrl();
            String query = encode(params());
            String called = otherPort(base) + "/channels/sms" + (query.isEmpty() ? "" : "?" + query);
            String signature = sign(TwilioAccounts.TOKEN, called, Map.of());
            Account account = account(base, sms());
            assertThat(accepts(account, get(query, signature))).isTrue();
            assertThat(accepts(account, get(query + "&", signature))).isFalse();
            assertThat(accepts(account, get(query, flipped(signature)))).isFalse();
        }
    }

    @Test
    void agreesWithTheSdkOnJson() throws Exception {
        RequestValidator sdk = new RequestValidator(TwilioAccounts.TOKEN);
        for (int i = 0; i < INPUTS; i++) {
            String body = "{\"Body\":\"" + pick(WORDS).codePoints().sum() + "\"}";
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            String query = "a=1&bodySHA256=" + HexFormat.of().formatHex(digest);
            String url = "https://chat.example.com/channels/sms?" + query;
            String signature = sign(TwilioAccounts.TOKEN, url, Map.of());
            assertThat(sdk.validate(url, body, signature)).isTrue();
            assertThat(accepts(account(sms()), json(query, body, signature))).isTrue();
            assertThat(sdk.validate(url, body + " ", signature)).isFalse();
            assertThat(accepts(account(sms()), json(query, body + " ", signature)))
                    .isFalse();
            assertThat(accepts(account(sms()), json(query, body, flipped(signature))))
                    .isFalse();
        }
    }

    private static Request json(String query, String body, String signature) {
        Map<String, String> headers = Map.of("x-twilio-signature", signature, "content-type", "application/json");
        return post(query, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static boolean sdkAccepts(RequestValidator sdk, String url, byte[] body, String signature) {
        Map<String, String> decoded = new TreeMap<>();
        try {
            for (String pair : new String(body, StandardCharsets.ISO_8859_1).split("&", -1)) {
                String[] sides = pair.split("=", 2);
                if (!pair.isEmpty()) {
                    decoded.put(decode(sides[0]), sides.length < 2 ? "" : decode(sides[1]));
                }
            }
        } catch (IllegalArgumentException e) {
            return false; // a stray per cent sign, which was none before
        }
        return sdk.validate(url, decoded, signature);
    }

    private static String decode(String text) {
        String latin = URLDecoder.decode(text, StandardCharsets.ISO_8859_1);
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private String publicUrl() {
        String scheme = random.nextBoolean() ? "https" : "http";
        String host = pick(List.of("chat.example.com", "h", "10.0.0.7", "[2001:db8::7]"));
        return scheme + "://" + host + pick(List.of("", "", ":443", ":80", ":8443"));
    }

    /** The same address, sometimes with the port that it has anyway or without the one that it has. */
    private String otherPort(String base) {
        int colon = base.lastIndexOf(':');
        boolean explicit = colon > 5 && !base.substring(colon).contains("]");
        if (random.nextBoolean()) {
            return base;
        }
        return explicit ? base.substring(0, colon) : base + (base.startsWith("https") ? ":443" : ":80");
    }

    private Map<String, String> params() {
        Map<String, String> params = new LinkedHashMap<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            params.put(pick(NAMES) + (random.nextInt(4) == 0 ? random.nextInt(9) : ""), text());
        }
        return params;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(pick(WORDS));
        }
        return text.toString();
    }

    private Map<String, String> changed(Map<String, String> params) {
        Map<String, String> changed = new LinkedHashMap<>(params);
        if (params.isEmpty() || random.nextInt(4) == 0) {
            changed.put("Added", "1");
            return changed;
        }
        String name = pick(new ArrayList<>(params.keySet()));
        String value = params.get(name);
        if (value == null || value.isEmpty()) {
            changed.put(name, "x");
        } else {
            int at = random.nextInt(value.length());
            char bit = (char) (value.charAt(at) ^ (1 << random.nextInt(5)));
            changed.put(name, value.substring(0, at) + bit + value.substring(at + 1));
        }
        // half a surrogate pair is written as a question mark, whichever half it is
        byte[] before = params.toString().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(before, changed.toString().getBytes(StandardCharsets.UTF_8))
                ? Collections.singletonMap("Added", "1")
                : changed;
    }

    private String flipped(String signature) {
        int at = random.nextInt(signature.length());
        char bit = (char) (signature.charAt(at) ^ (1 << random.nextInt(6)));
        return signature.substring(0, at) + bit + signature.substring(at + 1);
    }

    private String encode(Map<String, String> params) {
        StringBuilder encoded = new StringBuilder();
        params.forEach((name, value) -> encoded.append(encoded.length() == 0 ? "" : "&")
                .append(encode(name))
                .append('=')
                .append(encode(value)));
        return encoded.toString();
    }

    private String encode(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return random.nextBoolean() ? encoded : encoded.replace("+", "%20");
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
