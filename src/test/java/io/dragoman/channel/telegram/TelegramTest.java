// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dragoman.connector.Account;
import io.dragoman.connector.AuthenticationFailed;
import io.dragoman.connector.PlainTransport;
import io.dragoman.connector.Request;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Side;
import io.dragoman.contract.Performing;
import io.dragoman.contract.SendSample;
import io.dragoman.contract.WebhookSample;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TelegramTest implements WebhookSample, SendSample {
    static final String TOKEN = "7000000000:AAF-canary_token";
    static final String SECRET = "canary_secret-token";
    static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("installation"));

    /** An account whose settings are changed; an empty value takes one away. */
    static Account account(Map<String, Object> changes) {
        Map<String, Object> values = new TreeMap<>(Map.of(
                "token",
                new Secret(TOKEN),
                "secretToken",
                new Secret(SECRET),
                "intake",
                Telegram.From.WEBHOOK,
                "baseUrl",
                URI.create("http://127.0.0.1:9")));
        values.putAll(changes);
        values.values().removeIf(""::equals);
        return new Account(Side.CHANNEL, "shop-telegram", "telegram", values, false, HOME);
    }

    @Override
    public Telegram connector() {
        return new Telegram();
    }

    @Override
    public Account account(URI provider) {
        return account(Map.of("baseUrl", provider));
    }

    @Override
    public List<String> secrets() {
        return List.of(TOKEN, SECRET);
    }

    @Override
    public byte[] recorded() {
        return """
                {"update_id":90100,"message":{"message_id":55,"date":1790000000,
                 "from":{"id":7001,"is_bot":false,"first_name":"Ana","last_name":"B","language_code":"de"},
                 "chat":{"id":7001,"type":"private","first_name":"Ana"},"text":"canary-in-the-text",
                 "reply_to_message":{"message_id":54,"chat":{"id":7001},"date":1789999990,"text":"?"}}}
                """.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Request signed(byte[] body) {
        return received(Map.of("x-telegram-bot-api-secret-token", SECRET), body);
    }

    @Override
    public List<String> lanes() {
        return List.of("7001");
    }

    @Override
    public List<String> proof() {
        return List.of("x-telegram-bot-api-secret-token");
    }

    @Override
    public boolean provesBody() {
        return false;
    }

    @Override
    public String address() {
        return "7001";
    }

    @Test
    void polledUpdatesNeedNoSecret() throws Exception {
        Request update = Request.polled("update/1", recorded(), Instant.EPOCH);
        assertThat(Performing.verify(connector(), account(), update).request()).isSameAs(update);
    }

    @Test
    void withoutASecretNoPostedUpdateIsTaken() {
        Account polling = account(Map.of("secretToken", "", "intake", Telegram.From.POLL));
        assertThat(connector().problems(polling)).isEmpty();
        assertThat(connector().polls(polling)).isTrue();
        assertThat(connector().receivesWebhooks(polling)).isFalse();
        assertThatThrownBy(() -> connector().verify(polling, received(Map.of(), recorded())))
                .isInstanceOf(AuthenticationFailed.class);
    }

    @Test
    void insecureAccountTakesWhatNothingProves() throws Exception {
        Account open = new Account(
                Side.CHANNEL,
                "shop-telegram",
                "telegram",
                account(Map.of("secretToken", "")).values(),
                true,
                HOME);
        assertThat(connector().problems(open)).isEmpty();
        Request update = received(Map.of(), recorded());
        assertThat(connector().verify(open, update).request()).isSameAs(update);
    }

    @Test
    void problemsAreAllNamedAndShowNoSecret() {
        Account wrong = account(Map.of("token", new Secret("no token"), "secretToken", new Secret("not allowed!")));
        assertThat(connector().problems(wrong)).hasSize(2).allSatisfy(problem -> assertThat(problem)
                .doesNotContain("no token", "not allowed!"));
        assertThat(connector().problems(account(Map.of("secretToken", ""))))
                .singleElement()
                .asString()
                .contains("secretToken is missing", "setWebhook");
    }

    @Test
    void aTokenOfAnyShapeIsNoException() {
        Account odd = account(Map.of("token", new Secret("a b/../c?d#e\n%zzé")));
        assertThat(Performing.send(connector(), odd, outbound(), new PlainTransport()))
                .isNotNull();
    }

    private static Request received(Map<String, String> headers, byte[] body) {
        return new Request(
                Request.Origin.RECEIVED,
                "POST",
                "/channels/shop-telegram",
                "",
                headers,
                body,
                Instant.parse("2026-09-21T14:13:20Z"));
    }
}
