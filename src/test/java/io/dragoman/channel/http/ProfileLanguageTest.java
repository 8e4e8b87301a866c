// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.TestKeys;
import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.contract.FakeProvider;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Event;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the language can say that no profile that is shipped needs, and what no profile can do. */
final class ProfileLanguageTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
    private static final String HEAD = """
            name: Acme
            description: SMS through Acme.
            settings:
              proof: {type: secret, about: "What proves a request is authentic.", verifies: true}
              baseUrl: {type: url, about: "Where the API of Acme is.", default: "https://api.acme.example"}
            """;

    @Test
    void secretMayBeTheLastStepOfThePath() throws Exception {
        HttpChannel acme = receiving("token: {path: true, setting: proof}");
        Account account = Profiles.account(acme, Map.of("proof", "a/long word"));
        assertThat(acme.takesBelow()).isTrue();
        assertThat(acme.verify(account, posted("/channels/texts/a%2Flong%20word", Map.of())))
                .isNotNull();
        for (String path : List.of("/channels/texts", "/channels/texts/", "/channels/texts/a%2flong%20word")) {
            refuses(acme, account, posted(path, Map.of()));
        }
    }

    @Test
    void addressesMayProve() throws Exception {
        HttpChannel acme = receiving("addresses: {from: [192.0.2.0/24, \"2001:db8::/32\"]}");
        Account account = Profiles.account(acme, Map.of("proof", "x"));
        assertThat(acme.headers()).contains(Request.CLIENT);
        for (String good : List.of("192.0.2.7", "2001:db8::7")) {
            assertThat(acme.verify(account, posted("/", Map.of(Request.CLIENT, good))))
                    .isNotNull();
        }
        for (String bad : List.of("192.0.3.7", "2001:db9::7", "", "localhost", "192.0.2.7, 192.0.2.8")) {
            refuses(acme, account, posted("/", Map.of(Request.CLIENT, bad)));
        }
    }

    @Test
    void severalChecksMustAllHold() throws Exception {
        HttpChannel acme = receiving("""
                [{token: {header: X-Token, setting: proof}}, {addresses: {from: 192.0.2.0/24}}]""");
        Account account = Profiles.account(acme, Map.of("proof", "word"));
        assertThat(acme.verify(account, posted("/", Map.of("X-Token", "word", Request.CLIENT, "192.0.2.7"))))
                .isNotNull();
        refuses(acme, account, posted("/", Map.of("X-Token", "word", Request.CLIENT, "198.51.100.1")));
        refuses(acme, account, posted("/", Map.of("X-Token", "wrong", Request.CLIENT, "192.0.2.7")));
    }

    @Test
    void tokensSignedWithAKeyOfASetShouldProve() throws Exception {
        KeyPair first = TestKeys.FIRST;
        KeyPair second = TestKeys.SECOND;
        RSAPublicKey known = (RSAPublicKey) first.getPublic();
        String set = "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k1\",\"n\":\""
                + base64(known.getModulus().toByteArray()) + "\",\"e\":\""
                + base64(known.getPublicExponent().toByteArray()) + "\"}]}";
        HttpChannel acme =
                receiving("jwt: {header: Authorization, prefix: \"Bearer \", algorithm: RS256, setting: proof}");
        Account account = Profiles.account(acme, Map.of("proof", set));
        String good = token("RS256", "k1", NOW.plusSeconds(60), "SHA256withRSA", first);
        assertThat(acme.verify(account, posted("/", Map.of("Authorization", "Bearer " + good))))
                .isNotNull();
        for (String bad : List.of(
                token("RS256", "k1", NOW.plusSeconds(60), "SHA256withRSA", second),
                token("RS256", "k2", NOW.plusSeconds(60), "SHA256withRSA", first),
                token("HS256", "k1", NOW.plusSeconds(60), "SHA256withRSA", first),
                token("RS256", "k1", NOW.minusSeconds(3600), "SHA256withRSA", first),
                good.substring(0, good.lastIndexOf('.') + 1),
                good + "=",
                "a.b.c",
                "")) {
            refuses(acme, account, posted("/", Map.of("Authorization", "Bearer " + bad)));
        }
        refuses(acme, account, posted("/", Map.of("Authorization", good)));
    }

    @Test
    void tokensSignedOnACurveShouldProve() throws Exception {
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        curve.initialize(new ECGenParameterSpec("secp256r1"));
        HttpChannel acme = receiving("jwt: {header: X-Jwt, algorithm: ES256, setting: proof}");
        for (int i = 0; i < 20; i++) { // numbers of fewer bytes, and of a sign bit
            KeyPair pair = curve.generateKeyPair();
            ECPublicKey known = (ECPublicKey) pair.getPublic();
            String set = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                    + base64(known.getW().getAffineX().toByteArray()) + "\",\"y\":\""
                    + base64(known.getW().getAffineY().toByteArray()) + "\"}]}";
            Account account = Profiles.account(acme, Map.of("proof", set));
            String good = token("ES256", "k", NOW.plusSeconds(60), "SHA256withECDSAinP1363Format", pair);
            assertThat(acme.verify(account, posted("/", Map.of("X-Jwt", good)))).isNotNull();
            int signature = good.lastIndexOf('.') + 1; // its last letter has bits that say nothing
            String other = good.charAt(signature) == 'A' ? "B" : "A";
            refuses(
                    acme,
                    account,
                    posted("/", Map.of("X-Jwt", good.substring(0, signature) + other + good.substring(signature + 1))));
        }
    }

    @Test
    void jsonInAFieldOfAFormShouldBeRead() throws Exception {
        HttpChannel acme = Profiles.of(HEAD + """
                receive:
                  verify: {token: {header: X-Token, setting: proof}}
                  body: form
                  parse: [data]
                  each: data
                  message: {id: id, from: number, text: "report[0].desc"}
                """);
        String json = "[{\"id\":9007199254740993,\"number\":\"4915550101\",\"report\":[{\"desc\":\"Hi\"}]}]";
        List<CustomerEvent> events = read(acme, "data=" + java.net.URLEncoder.encode(json, StandardCharsets.UTF_8));
        assertThat(events).singleElement().isInstanceOfSatisfying(MessageReceived.class, message -> {
            assertThat(message.key()).isEqualTo("9007199254740993");
            assertThat(message.parts()).containsExactly(new Part.Text("Hi"));
        });
        assertThatThrownBy(() -> read(acme, "data=%7Bno")).isInstanceOf(MalformedPayload.class);
    }

    @Test
    void xmlShouldBeReadAndWritten() throws Exception {
        HttpChannel acme = Profiles.of(HEAD + """
                receive:
                  verify: {token: {header: X-Token, setting: proof}}
                  body: xml
                  each: message
                  message: {id: service.'@request_id', from: from, text: body.text}
                  answer: {type: text/xml, body: '<answer type="async"><state>Accepted</state></answer>'}
                send:
                  text:
                    path: /
                    xml: "<message><to>{to}</to><body>{text}</body></message>"
                  answer: {body: xml, id: status.id}
                """);
        String xml = "<message><service type='sms' request_id='r-1'/><from>4915550101</from>"
                + "<body content-type='text/plain'>A &lt; B</body></message>";
        assertThat(read(acme, xml)).singleElement().isInstanceOfSatisfying(MessageReceived.class, message -> {
            assertThat(message.key()).isEqualTo("r-1");
            assertThat(message.parts()).containsExactly(new Part.Text("A < B"));
        });
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "<status><id>x-1</id></status>")) {
            Outcome outcome = acme.send(account(acme, provider.baseUrl()), message("A < B & C"), new PlainTransport());
            assertThat(outcome).isEqualTo(new Outcome.Sent("x-1"));
            assertThat(provider.bodies())
                    .containsExactly("<message><to>+4915550101</to><body>A &lt; B &amp; C</body></message>");
        }
    }

    @Test
    void oneOddElementShouldNotTakeTheOthersWithIt() throws Exception {
        HttpChannel acme = receiving("token: {header: X-Token, setting: proof}", "each: list");
        assertThatThrownBy(
                        () -> read(acme, "{\"list\":[{\"id\":1,\"from\":\"+4915550101\",\"text\":\"a\"},{\"id\":2}]}"))
                .isInstanceOfSatisfying(MalformedPayload.class, partly -> {
                    assertThat(partly)
                            .hasMessage(
                                    "1 of 2 in it: profile acme: receive.message.from has no value in what was sent");
                    assertThat(partly.readable()).extracting(Event::key).containsExactly("1");
                });
        assertThatThrownBy(() -> read(acme, "{\"list\":[{\"id\":2}]}"))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("profile acme: receive.message.from has no value");
    }

    @Test
    void aRunawayExpressionShouldEndAsADeadEventOrARefusal() throws Exception {
        String runaway = "($f := function($s) { $f($s & $s) }; $f(text))";
        HttpChannel acme = Profiles.of(HEAD + """
                receive:
                  verify: {token: {header: X-Token, setting: proof}}
                  message: {id: id, from: from, text: "%s"}
                send:
                  text:
                    path: /
                    json: "{'text': %s}"
                """.formatted(runaway, runaway));
        assertThatThrownBy(() -> read(acme, "{\"id\":1,\"from\":\"+4915550101\",\"text\":\"canary\"}"))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining("profile acme: receive.message.text was given up")
                .hasMessageNotContaining("canary");
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "{}")) {
            Outcome outcome = acme.send(account(acme, provider.baseUrl()), message("canary"), new PlainTransport());
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Reason.UNSUPPORTED);
                assertThat(refused.detail())
                        .contains("send.text.json was given up")
                        .doesNotContain("canary");
            });
            assertThat(provider.bodies()).isEmpty();
        }
    }

    @Test
    void nothingInAMessageShouldChooseWhereTheCredentialsGo() throws Exception {
        HttpChannel acme = Profiles.of(HEAD + """
                send:
                  auth: {headers: {Authorization: "Bearer {settings.proof}", X-Text: "{text}"}}
                  text: {path: "/{text}", query: "{'q': text}"}
                """);
        URI base = URI.create("https://api.acme.example");
        for (String text : List.of("@evil.example/", "../../x", "//evil.example", "?a=b#c", "a b%2f", "\\evil")) {
            PlainTransport transport = new PlainTransport(java.time.Duration.ofMillis(1));
            Outcome outcome = acme.send(account(acme, base), message(text), transport);
            assertThat(transport.calls()).as(text).allSatisfy(call -> {
                assertThat(call.uri().getHost()).isEqualTo("api.acme.example");
                assertThat(call.uri().getRawPath()).matches("/[^/]+");
                assertThat(call.isTrusted()).isTrue();
            });
            assertThat(outcome).isNotNull();
        }
        PlainTransport transport = new PlainTransport();
        assertThat(acme.send(account(acme, base), message("a\r\nX-Evil: 1"), transport))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(transport.calls()).isEmpty();
    }

    @Test
    void mediaShouldGetCredentialsOnlyAtTheProvidersOwnAddress() throws Exception {
        HttpChannel bandwidth = Profiles.shipped("bandwidth");
        try (FakeProvider provider = FakeProvider.answering(200, Map.of(), "picture");
                FakeProvider stranger = FakeProvider.answering(200, Map.of(), "picture")) {
            Account account = Profiles.account(
                    bandwidth,
                    Map.of(
                            "accountId", "1",
                            "username", "api",
                            "password", "the-password",
                            "applicationId", "a",
                            "webhookUser", "u",
                            "webhookPassword", "p",
                            "from", "+1",
                            "baseUrl", provider.baseUrl().toString()));
            PlainTransport transport = new PlainTransport();
            for (URI host : List.of(provider.baseUrl(), stranger.baseUrl())) {
                Part.Media media = Part.Media.incoming(Part.MediaKind.IMAGE, "image/jpeg", null, null, host + "/1.jpg");
                assertThat(bandwidth.fetch(account, media, Request.polled("x", new byte[0], NOW), transport))
                        .isInstanceOf(Outcome.Fetched.class);
            }
            assertThat(transport.calls().get(0).authorization()).isNotNull();
            assertThat(transport.calls().get(0).isTrusted()).isTrue();
            assertThat(transport.calls().get(1).authorization()).isNull();
            assertThat(transport.calls().get(1).isTrusted()).isFalse();
        }
    }

    private static HttpChannel receiving(String verify, String... more) throws Exception {
        return Profiles.of(HEAD + "receive:\n  verify: "
                + (verify.startsWith("[") ? verify : "{" + verify + "}") + "\n"
                + String.join(
                        "", Arrays.stream(more).map(line -> "  " + line + "\n").toList())
                + "  message: {id: id, from: from, text: text}\n");
    }

    private static Request posted(String path, Map<String, String> headers) {
        return new Request(Request.Origin.RECEIVED, "POST", path, "", headers, new byte[0], NOW);
    }

    private static List<CustomerEvent> read(HttpChannel acme, String body) throws Exception {
        Account account = Profiles.account(acme, Map.of("proof", "word"));
        Request request = new Request(
                Request.Origin.RECEIVED,
                "POST",
                "/channels/texts",
                "",
                Map.of("X-Token", "word"),
                body.getBytes(StandardCharsets.UTF_8),
                NOW);
        return acme.read(account, acme.verify(account, request));
    }

    private static Account account(HttpChannel acme, URI base) {
        return Profiles.account(acme, Map.of("proof", "word", "baseUrl", base.toString()));
    }

    private static ToCustomer message(String text) {
        List<Part> parts = List.of(new Part.Text(text));
        return new ToCustomer("d-1", "m-1", "c-1", "+4915550101", parts, null, null, List.of(), null, false);
    }

    private static void refuses(HttpChannel acme, Account account, Request request) {
        assertThatThrownBy(() -> acme.verify(account, request)).isInstanceOf(AuthenticationFailed.class);
    }

    private static String token(String algorithm, String id, Instant end, String signs, KeyPair pair) throws Exception {
        String head = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + id + "\"}";
        String signed = base64(head.getBytes(StandardCharsets.UTF_8)) + "."
                + base64(("{\"exp\":" + end.getEpochSecond() + "}").getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance(signs);
        signature.initSign(pair.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
