// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.Setup;
import io.dragoman.TestChannel;
import io.dragoman.TestDesk;
import io.dragoman.TestGateway;
import io.dragoman.config.GatewaySettings;
import io.dragoman.config.HttpSettings;
import io.dragoman.config.TestSettings;
import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.OpeningHours;
import io.dragoman.connector.Outbound;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Json;
import io.dragoman.rules.Decision;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A gateway with a chat, a test desk, and whoever visits. */
final class ChatGateway implements AutoCloseable {
    static final String SITE = "https://shop.example";
    static final Secret IDENTITY = new Secret("the secret of the website's own server");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final TestGateway test;
    private boolean closed;

    ChatGateway(Path data, String... settings) throws Exception {
        this(data, account(settings));
    }

    private ChatGateway(Path data, Account account) throws Exception {
        this(data, account, 0);
    }

    /** On a port that the account's own origin names. */
    ChatGateway(Path data, Account account, int port) throws Exception {
        this(data, account, port, OpeningHours.NONE);
    }

    ChatGateway(Path data, Account account, int port, OpeningHours hours) throws Exception {
        test = new TestGateway(
                data,
                situation -> Decision.NOTHING,
                new MailLike(),
                new TestDesk(),
                setup -> with(setup.with(on(setup.settings(), port)), account, hours));
    }

    /** The test channel, with subjects: {@code shop}. */
    private static final class MailLike extends TestChannel {
        @Override
        public boolean hasSubjects() {
            return true;
        }
    }

    private static GatewaySettings on(GatewaySettings s, int port) {
        HttpSettings http = new HttpSettings(
                s.http().host(), port, s.http().publicUrl(), s.http().limits());
        return TestSettings.with(s, http);
    }

    private static Setup with(Setup setup, Account account, OpeningHours hours) {
        Map<String, ConfiguredAccount> channels = new HashMap<>(setup.accounts().channels());
        channels.put("chat", new ConfiguredAccount(account, new WebChat()));
        ConfiguredAccounts accounts = new ConfiguredAccounts(
                channels, setup.accounts().desks(), setup.accounts().policy(), Set.of(), hours);
        return new Setup(
                setup.settings(),
                accounts,
                setup.rules(),
                setup.routes(),
                setup.key(),
                setup.adminToken(),
                setup.environment());
    }

    /** An account with its defaults and these settings, name and value in turn. */
    static Account account(String... settings) {
        Map<String, Object> values = new HashMap<>();
        Map<String, String> given = new HashMap<>(Map.of("origins", SITE, "identity.secret", IDENTITY.value()));
        for (int i = 0; i < settings.length; i += 2) {
            given.put(settings[i], settings[i + 1]);
        }
        for (Setting<?> setting : new WebChat().settings()) {
            String group = setting.name().substring(0, setting.name().lastIndexOf('.') + 1);
            boolean inside = given.keySet().stream().anyMatch(name -> name.startsWith(group));
            String text = given.getOrDefault(setting.name(), inside ? setting.fallback() : null);
            if (text != null) {
                values.put(setting.name(), setting.parser().apply(text));
            }
        }
        return new Account(
                Side.CHANNEL,
                "chat",
                "webchat",
                values,
                false,
                new Account.Installation(URI.create("http://localhost:8080"), new Secret("test key")));
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + test.gateway.publicPort() + "/channels/chat/" + path))
                .header("Origin", SITE);
    }

    static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, @Nullable String token, String json) throws Exception {
        HttpRequest.Builder request =
                to(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request.build());
    }

    /** A new visitor's token. */
    String visitor() throws Exception {
        return token(post("session", null, "{}"));
    }

    static String token(HttpResponse<String> answer) throws Exception {
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return json(answer).path("token").asText();
    }

    HttpResponse<String> says(String token, String id, String text) throws Exception {
        return post("messages", token, message(id, text));
    }

    static String message(String id, String text) {
        return "{\"clientMsgId\":\"" + id + "\",\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
    }

    HttpResponse<String> page(String token, long after) throws Exception {
        return send(to("messages?after=" + after)
                .header("Authorization", "Bearer " + token)
                .GET()
                .build());
    }

    static JsonNode json(HttpResponse<String> answer) throws Exception {
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    /** What the desk was told of customers' messages, in order. */
    List<DeskNotice> received() {
        return List.copyOf(test.desk.sent).stream()
                .map(sent -> ((Outbound.ToDesk) sent).notice())
                .filter(notice -> notice.type() == DeskNotice.Type.MESSAGE_RECEIVED)
                .toList();
    }

    /** The states that the desk was told of by news of the conversation itself, in order. */
    List<Conversation.State> updates() {
        return List.copyOf(test.desk.sent).stream()
                .map(sent -> ((Outbound.ToDesk) sent).notice())
                .filter(notice -> notice.type() == DeskNotice.Type.CONVERSATION_UPDATED)
                .map(notice -> notice.data().conversation().status())
                .toList();
    }

    /** The attributes that the desk was told of rated conversations, in order. */
    List<Map<String, String>> ratings() {
        return List.copyOf(test.desk.sent).stream()
                .map(sent -> ((Outbound.ToDesk) sent).notice())
                .filter(notice -> notice.type() == DeskNotice.Type.CONVERSATION_UPDATED)
                .map(notice -> notice.data().conversation().attributes())
                .filter(attributes -> attributes.containsKey("csat"))
                .toList();
    }

    /** The desk's notices of one conversation's start to so many messages. */
    DeskNotice awaitReceived(int messages) {
        TestGateway.await(messages + " messages at the desk", () -> received().size() >= messages);
        return received().get(messages - 1);
    }

    /** The desk tells that Ana is typing. */
    void types(String conversation) {
        if (test.postDesk("{\"typing\":\"" + conversation + "\"}") != 200) {
            throw new AssertionError("the desk was refused");
        }
    }

    void answers(String conversation, String key, String text) {
        HttpResponse<String> answer = test.admin(
                "POST",
                "/api/v1/conversations/" + conversation + "/messages",
                "{\"author\":{\"name\":\"Ana\"},\"parts\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}",
                "Idempotency-Key",
                key);
        if (answer.statusCode() != 202) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    void closes(String conversation) {
        HttpResponse<String> answer = test.admin(
                "POST",
                "/api/v1/conversations/" + conversation + "/close",
                "{}",
                "Idempotency-Key",
                "close-" + conversation);
        if (answer.statusCode() != 202) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
    }

    EventStream events(String token, @Nullable Long lastEventId) throws Exception {
        HttpRequest.Builder request = to("events").header("Authorization", "Bearer " + token);
        if (lastEventId != null) {
            request.header("Last-Event-ID", String.valueOf(lastEventId));
        }
        return new EventStream(HTTP, request.GET().build());
    }

    /** Ends it; once more does nothing. */
    void stop() {
        if (!closed) {
            closed = true;
            test.close();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
