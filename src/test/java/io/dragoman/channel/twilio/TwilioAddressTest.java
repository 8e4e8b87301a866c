// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.twilio;

import static io.dragoman.channel.twilio.Sdk.accepts;
import static io.dragoman.channel.twilio.Sdk.sign;
import static io.dragoman.channel.twilio.TwilioAccounts.account;
import static io.dragoman.channel.twilio.TwilioAccounts.post;
import static io.dragoman.channel.twilio.TwilioAccounts.sms;
import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Request;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which address, which token and which parameters a signature may be over. */
final class TwilioAddressTest {
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

    /** The values are those of npm twilio 6.3.1, made with getExpectedTwilioSignature. */
    @Test
    void agreesWithTheNodeSdkOnSharedKeys() {
        String query = "tenant=%C3%A9&x=%2B&u=https%3A%2F%2Fx.example%2F%3Fa";
        String body = "From=rcs%3A%2B4917000&Body=%E1%83%92%E1%83%90%E1%83%9B%E1%83%90%E1%83%A0%E1%83%AF%E1%83%9D"
                + "%E1%83%91%E1%83%90+%F0%9F%91%8B&A=2&A=1&A=2";
        Account account = account(sms("sharedKeySecret", "shared-key-secret"));
        String sha256 = "1S3wqPym+3SkiHSR+Sf0wm0oUWxPETJK0V/D3DLcMNk=";
        String sha1 = "NqqS9+bQ7QaDQN9EhOql+CbrAl8=";
        assertThat(accepts(account, post(query, body, sha256, "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256")))
                .isTrue();
        assertThat(accepts(account, post(query, body, sha256, " algorithm = hmac_sha256 , key=k")))
                .isTrue();
        assertThat(accepts(account, post(query, body, sha1, "key=webhooks_sharedkey_1,algorithm=HMAC_SHA1")))
                .isTrue();
        assertThat(accepts(account, post(query, body, sha1, "key=webhooks_sharedkey_1")))
                .isTrue();

        String settings = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256";
        String json = "{\"MessageSid\":\"SM1\"}";
        String hash = "bodySHA256=b4fd85f2ce8bfebc5cbc4a67ac690906953178daf04df41e183024cc01315de4";
        String signature = "jCQE7K414ogAKXD1ARb0qNq+rGUygyOMZFqaXEVkFpk=";
        assertThat(accepts(account, post(hash, json, signature, settings))).isTrue();
        assertThat(accepts(account, post(hash, json + " ", signature, settings)))
                .isFalse();
    }

    @Test
    void sharedKeySignsOnlyWhatSaysSo() {
        Account account = account(sms("sharedKeySecret", "shared-key-secret"));
        String url = "https://chat.example.com/channels/sms";
        String settings = "key=k,algorithm=HMAC_SHA256";
        String sha1 = sign("shared-key-secret", url, Map.of("A", "1"));
        assertThat(accepts(account, post("", "A=1", sha1, "key=k"))).isTrue();
        assertThat(accepts(account, post("", "A=1", sha1))).isFalse();
        assertThat(accepts(account, post("", "A=1", sha1, settings))).isFalse();
        assertThat(accepts(account, post("", "A=2", sha1, "key=k"))).isFalse();
        for (String unknown : List.of("algorithm=NONE", "key=k,algorithm=HMAC_MD5", "algorithm=HMAC_SHA512")) {
            assertThat(accepts(account, post("", "A=1", sha1, unknown)))
                    .as(unknown)
                    .isFalse();
        }
        assertThat(accepts(account(sms("authToken", "", "sharedKeySecret", "k")), post("", "A=1", sha1)))
                .isFalse();
        String token = sign(TwilioAccounts.TOKEN, url, Map.of("A", "1"));
        assertThat(accepts(account, post("", "A=1", token))).isTrue();
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
}
