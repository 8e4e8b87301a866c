// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import static io.dragoman.channel.twilio.TwilioAccounts.account;
import static io.dragoman.channel.twilio.TwilioAccounts.get;
import static io.dragoman.channel.twilio.TwilioAccounts.post;
import static io.dragoman.channel.twilio.TwilioAccounts.sms;
import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import io.dragoman.connector.Account;
import io.dragoman.connector.Request;
import io.dragoman.connector.Unverified;
import java.lang.reflect.Method;
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

    @Test
    void agreesWithTheExampleOfTheDocumentation() {
        String body =
                "Digits=1234&To=%2B18005551212&From=%2B14158675309&Caller=%2B14158675309&CallSid=CA1234567890ABCDE";
        Account account = account(sms("authToken", "12345", "webhookUrl", "https://mycompany.com/myapp.php#rc=3"));
        assertThat(accepts(account, post("foo=1&bar=2", body, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")))
                .isTrue();
    }

    @Test
    void repeatedNamesCountEachValueOnceSorted() {
        String signature = sign(TwilioAccounts.TOKEN, "https://chat.example.com/channels/sms", Map.of("A", "1A2B3"));
        Account account = account(sms());
        for (String body : List.of("A=1&A=2&B=3", "B=3&A=2&A=1", "A=2&A=1&A=1&B=3")) {
            assertThat(accepts(account, post("", body, signature))).as(body).isTrue();
        }
        assertThat(accepts(account, post("", "A=1&B=3", signature))).isFalse();
    }

    @Test
    void whileTokensRotateBothSign() {
        String url = "https://chat.example.com/channels/sms";
        Account account = account(sms("secondaryAuthToken", "second"));
        assertThat(accepts(account, post("", "A=1", sign("second", url, Map.of("A", "1")))))
                .isTrue();
        assertThat(accepts(account, post("", "A=1", sign(TwilioAccounts.TOKEN, url, Map.of("A", "1")))))
                .isTrue();
        assertThat(accepts(account, post("", "A=1", sign("third", url, Map.of("A", "1")))))
                .isFalse();
    }

    @Test
    void anotherAddressCountsOnlyWhenAProxyIsTrusted() {
        String signature = sign(TwilioAccounts.TOKEN, "https://public.example/channels/sms?a=1", Map.of("A", "1"));
        Map<String, String> headers = new LinkedHashMap<>(Map.of("x-twilio-signature", signature));
        headers.put("x-forwarded-proto", "https, http");
        headers.put("x-forwarded-host", "public.example, inner.example");
        Request request = post("a=1", "A=1".getBytes(StandardCharsets.UTF_8), headers);
        assertThat(accepts(account("http://10.0.0.1:8080", sms()), request)).isFalse();
        assertThat(accepts(account("http://10.0.0.1:8080", sms("trustProxy", "true")), request))
                .isTrue();
        headers.put("x-forwarded-host", "evil.example");
        Request forged = post("a=1", "A=1".getBytes(StandardCharsets.UTF_8), headers);
        assertThat(accepts(account("http://10.0.0.1:8080", sms("trustProxy", "true")), forged))
                .isFalse();
    }

    @Test
    void withoutForwardedHostTheHostHeaderCountsWhenAProxyIsTrusted() {
        String signature = sign(TwilioAccounts.TOKEN, "https://public.example:443/channels/sms", Map.of("A", "1"));
        Map<String, String> headers =
                Map.of("x-twilio-signature", signature, "host", "public.example", "x-forwarded-proto", "HTTPS");
        Request request = post("", "A=1".getBytes(StandardCharsets.UTF_8), headers);
        assertThat(accepts(account("http://10.0.0.1:8080", sms("trustProxy", "true")), request))
                .isTrue();
        assertThat(accepts(account("http://10.0.0.1:8080", sms()), request)).isFalse();
    }

    @Test
    void addressInTheConsoleIsTakenAsItIsWritten() {
        Account account = account("http://10.0.0.1:8080", sms("webhookUrl", "https://public.example/hooks/"));
        String signature = sign(TwilioAccounts.TOKEN, "https://public.example/hooks/", Map.of("A", "1"));
        assertThat(accepts(account, post("", "A=1", signature))).isTrue();
        String bare = sign(TwilioAccounts.TOKEN, "https://public.example/hooks", Map.of("A", "1"));
        assertThat(accepts(account, post("", "A=1", bare))).isFalse();
    }

    @Test
    void unsignedRequestNeedsAnInsecureAccount() {
        Request unsigned = post("", "A=1".getBytes(StandardCharsets.UTF_8), Map.of());
        assertThat(accepts(account("https://a.example", sms(), true), unsigned)).isTrue();
        assertThat(accepts(account("https://a.example", sms(), false), unsigned))
                .isFalse();
        assertThat(accepts(account("https://a.example", sms(), true), post("", "A=1", "wrong")))
                .isFalse();
    }

    private static boolean accepts(Account account, Request request) {
        try {
            new Twilio().verify(account, request);
            return true;
        } catch (Unverified e) {
            return false;
        }
    }

    private static Request json(String query, String body, String signature) {
        Map<String, String> headers = Map.of("x-twilio-signature", signature, "content-type", "application/json");
        return post(query, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** The SDK signs only inside itself. */
    private static String sign(String token, String url, Map<String, String> params) {
        try {
            Method method = RequestValidator.class.getDeclaredMethod("getValidationSignature", String.class, Map.class);
            method.setAccessible(true);
            return String.valueOf(method.invoke(new RequestValidator(token), url, params));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the SDK has changed inside", e);
        }
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
