// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.Connector;
import io.dragoman.connector.ConnectorContract;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.Request;
import io.dragoman.connector.Served;
import io.dragoman.contract.SampleNotice;
import io.dragoman.contract.WebhookSample;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.MessageReceived;
import io.dragoman.model.Part;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The chat as a connector: what it takes in, and what it refuses to read. */
final class WebChatTest implements ConnectorContract, WebhookSample {
    private static final Visitor VISITOR =
            Visitor.anonymous("visitor-1", "de", Map.of("name", "Ana", "email", "ana@example.org"));

    private final WebChat webchat = new WebChat();

    @Override
    public Connector connector() {
        return webchat;
    }

    @Override
    public Account account(URI provider) {
        return ChatGateway.account();
    }

    @Override
    public List<String> secrets() {
        return List.of(ChatGateway.IDENTITY.value());
    }

    @Override
    public byte[] recorded() {
        return ChatGateway.message("message-1", CANARY).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        return new VisitorTokens(account()).proven(VISITOR, request("messages", body, Map.of()));
    }

    @Override
    public List<String> lanes() {
        return List.of("visitor-1");
    }

    @Override
    public List<String> proof() {
        return List.of(VisitorTokens.VISITOR, VisitorTokens.PROOF);
    }

    private static Request request(String name, byte[] body, Map<String, String> headers) {
        return new Request(
                Request.Origin.RECEIVED, "POST", "/channels/chat/" + name, "", headers, body, SampleNotice.NOW);
    }

    private Request posted(String name, String body) {
        String token = new VisitorTokens(account()).make(VISITOR, SampleNotice.NOW, Duration.ofDays(1));
        return request(
                name,
                body.getBytes(StandardCharsets.UTF_8),
                Map.of("Origin", ChatGateway.SITE, "Authorization", "Bearer " + token));
    }

    private Served.Content served(Request request) {
        return webchat.serve(account(), request, () -> "new-id").content();
    }

    private int status(Request request) {
        return ((Served.Body) served(request)).status();
    }

    @Test
    void intakeShouldStoreNoToken() throws Exception {
        Served.Take take = (Served.Take) served(posted("messages", ChatGateway.message("message-1", "hi")));
        assertThat(take.request().headers())
                .containsOnlyKeys("content-type", VisitorTokens.VISITOR, VisitorTokens.PROOF);
        assertThat(webchat.verify(account(), take.request())).isNotNull();
    }

    /** A token is no proof, and a proof of one path none of another. */
    @Test
    void proofShouldBeForOnePathOnly() {
        Request message = signed(recorded());
        Request elsewhere = request("session", message.body(), message.headers());
        assertThatThrownBy(() -> webchat.verify(account(), elsewhere)).isInstanceOf(AuthenticationFailed.class);
        assertThatThrownBy(() -> new VisitorTokens(account())
                        .check(
                                "Bearer " + message.headers().get(VisitorTokens.VISITOR) + "."
                                        + message.headers().get(VisitorTokens.PROOF),
                                SampleNotice.NOW))
                .isInstanceOf(AuthenticationFailed.class);
    }

    @Test
    void tokenShouldLiveAsLongAsItSaysAndBeOneChannels() throws Exception {
        VisitorTokens tokens = new VisitorTokens(account());
        String token = "Bearer " + tokens.make(VISITOR, SampleNotice.NOW, Duration.ofDays(1));
        assertThat(tokens.check(token, SampleNotice.NOW.plus(Duration.ofHours(23))))
                .isEqualTo(VISITOR);
        assertThatThrownBy(() -> tokens.check(token, SampleNotice.NOW.plus(Duration.ofDays(1))))
                .isInstanceOf(AuthenticationFailed.class)
                .hasMessageContaining("expired");
        Account a = account();
        Account other = new Account(a.side(), "other", a.kind(), a.values(), false, a.home());
        assertThatThrownBy(() -> new VisitorTokens(other).check(token, SampleNotice.NOW))
                .isInstanceOf(AuthenticationFailed.class);
        for (int i = 7; i < token.length(); i++) {
            char changed = token.charAt(i) == 'A' ? 'B' : 'A';
            String wrong = token.substring(0, i) + changed + token.substring(i + 1);
            assertThatThrownBy(() -> tokens.check(wrong, SampleNotice.NOW)).isInstanceOf(AuthenticationFailed.class);
        }
    }

    /** What somebody typed must not join them to whose address that is. */
    @Test
    void typedAddressShouldIdentifyNobody() throws Exception {
        String first = ChatGateway.message("message-1", "hi").replace("{\"client", "{\"first\":true,\"client");
        MessageReceived message = (MessageReceived) InboundReader.read(
                        ChatGateway.account(),
                        VISITOR,
                        request("messages", first.getBytes(StandardCharsets.UTF_8), Map.of()))
                .get(0);
        assertThat(message.sender().identities()).containsExactly(VISITOR.identity());
        assertThat(message.sender().name()).isEqualTo("Ana");
        assertThat(message.parts().get(0).toString()).isEqualTo("Structured[visitor]");
        assertThat(((io.dragoman.model.Structured) message.parts().get(0)).text())
                .contains("E-mail (not verified): ana@example.org");
    }

    @Test
    void textShouldStayPlainText() throws Exception {
        String html = "<img src=x onerror=alert(1)> & <b>";
        CustomerEvent event = InboundReader.read(
                        ChatGateway.account(),
                        VISITOR,
                        request(
                                "messages",
                                ChatGateway.message("message-1", html).getBytes(StandardCharsets.UTF_8),
                                Map.of()))
                .get(0);
        assertThat(((MessageReceived) event).parts()).containsExactly(new Part.Text(html));
    }

    /** We would fetch it, from wherever a visitor says. */
    @Test
    void visitorShouldNameNoAddressToFetch() {
        for (String part : List.of(
                "{\"type\":\"media\",\"url\":\"http://169.254.169.254/latest\"}",
                "{\"type\":\"media\",\"url\":\"https://example.org/a.png\",\"media\":\"image\"}",
                "{\"type\":\"location\",\"latitude\":1,\"longitude\":1}",
                "{\"type\":\"template\",\"name\":\"x\",\"language\":\"en\"}")) {
            String body = "{\"clientMsgId\":\"message-1\",\"parts\":[" + part + "]}";
            assertThat(status(posted("messages", body))).as(part).isEqualTo(422);
        }
    }

    @Test
    void largeFileAndLongTextShouldBeRefusedBeforeTheyAreStored() {
        String data = "A".repeat(4 * (2049 * 1024 / 3));
        String file = "{\"clientMsgId\":\"message-1\",\"parts\":[{\"type\":\"media\",\"mimeType\":\"image/png\","
                + "\"fileName\":\"a.png\",\"data\":\"" + data + "\"}]}";
        assertThat(status(posted("messages", file))).isEqualTo(413);
        assertThat(served(posted("messages", file.replace(data, "AAAA")))).isInstanceOf(Served.Take.class);
        assertThat(status(posted("messages", ChatGateway.message("message-1", "x".repeat(10_001)))))
                .isEqualTo(422);
        assertThat(served(posted("messages", ChatGateway.message("message-1", "\\uD83D\\uDE00".repeat(10_000)))))
                .isInstanceOf(Served.Take.class);
    }

    @Test
    void originsShouldBeWholeAndExact() {
        for (String wrong : List.of(
                "*",
                "null",
                "shop.example",
                "https://shop.example/",
                "https://*.shop.example",
                "ftp://a.example",
                "",
                "https://shop.example, ",
                "https://user@shop.example",
                "javascript:alert(1)")) {
            assertThatThrownBy(() -> AllowedOrigins.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        AllowedOrigins origins = AllowedOrigins.parse("https://Shop.example:443, http://localhost:3000");
        URI own = URI.create("https://chat.example.com/base");
        assertThat(origins.listed()).containsExactlyInAnyOrder("https://shop.example", "http://localhost:3000");
        for (String right : List.of("https://shop.example", "http://localhost:3000", "https://chat.example.com")) {
            assertThat(origins.allows(right, own)).as(right).isTrue();
        }
        for (String wrong : List.of(
                "null",
                "",
                "https://evil-shop.example",
                "https://shop.example.evil",
                "http://shop.example",
                "https://shop.example:8443",
                "https://sub.shop.example",
                "https://SHOP.example ",
                "http://localhost")) {
            assertThat(origins.allows(wrong, own)).as(wrong).isFalse();
        }
        assertThat(origins.allows(null, own)).isFalse();
    }

    @Test
    void shortIdentitySecretIsAProblem() {
        assertThat(webchat.problems(ChatGateway.account("identity.secret", "short")))
                .singleElement()
                .asString()
                .contains("identity.secret", "32");
    }

    @Test
    void requiredIdentityWithoutASecretIsAProblem() throws MalformedPayload {
        Account a = ChatGateway.account("identity.required", "true");
        assertThat(webchat.problems(a)).isEmpty();
        Map<String, Object> values = new java.util.HashMap<>(a.values());
        values.remove("identity.secret");
        assertThat(webchat.problems(new Account(a.side(), a.id(), a.kind(), values, false, a.home())))
                .singleElement()
                .asString()
                .contains("identity.secret is missing");
    }
}
