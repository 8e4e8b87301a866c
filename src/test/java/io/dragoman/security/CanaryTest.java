// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.dragoman.e2e.Provider;
import io.dragoman.e2e.World;
import io.dragoman.store.Events;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Checklist 20: a whole gateway works on DEBUG, with failures of every kind, and none of its secrets and nothing that
 * anybody wrote is in a log line, an error, a metric or the text of a record.
 */
final class CanaryTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CANARY = "canaryword";

    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final List<String> answers = new ArrayList<>();

    @TempDir
    private Path home;

    @Test
    void nothingThatIsSecretOrWrittenIsEverShown() throws Exception {
        Spy.into(home);
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        Listener listener = new Listener();
        listener.setContext(root.getLoggerContext());
        listener.start();
        root.addAppender(listener);
        root.setLevel(Level.DEBUG);
        Map<String, String> secrets = new TreeMap<>();
        try (World world = new World(home)) {
            secrets.putAll(secrets(world));
            secrets.putAll(session(world));
            work(world);
        } finally {
            root.setLevel(before);
            root.detachAppender(listener);
        }
        for (String address : List.of("ana@customers.example", "4930111")) {
            assertThat(with(address, log)).as("an address in the log").isEmpty();
            assertThat(with(address, answers)).as("an address in an answer").isEmpty();
        }
        secrets.put("message text", CANARY);
        System.out.printf(
                "canary: %d log lines, %d answers, %d texts of %d types of records%n",
                log.size(), answers.size(), Spy.SHOWN.size(), Spy.RECORDS.size());
        assertThat(log).hasSizeGreaterThan(50);
        assertThat(Spy.RECORDS).hasSizeGreaterThan(12);
        secrets.forEach((name, secret) -> {
            assertThat(with(secret, log)).as("log, " + name).isEmpty();
            assertThat(with(secret, answers)).as("answers, " + name).isEmpty();
            assertThat(with(secret, Spy.SHOWN)).as("toString, " + name).isEmpty();
        });
    }

    private static List<String> with(String secret, Collection<String> lines) {
        return lines.stream().filter(line -> line.contains(secret)).limit(5).toList();
    }

    private static Map<String, String> secrets(World world) throws Exception {
        Map<String, String> secrets = new TreeMap<>();
        secrets.put("appSecret", world.whatsapp.settings().get("appSecret"));
        secrets.put("accessToken", world.whatsapp.settings().get("accessToken"));
        secrets.put("verifyToken", world.whatsapp.settings().get("verifyToken"));
        secrets.put("authToken", world.twilio.settings().get("authToken"));
        secrets.put("token", world.telegram.settings().get("token"));
        secrets.put("secretToken", world.telegram.settings().get("secretToken"));
        secrets.put("imap.password", world.mail.settings().get("imap.password"));
        secrets.put("clientSecret", world.teams.settings().get("clientSecret"));
        secrets.put("access token", "simulated.1");
        secrets.put("desk", world.desk.secret());
        secrets.values().removeIf(java.util.Objects::isNull);
        assertThat(secrets.values()).hasSizeGreaterThan(5).allMatch(secret -> secret.length() > 5);
        return secrets;
    }

    private void work(World world) throws Exception {
        secretsOfTheInstallation();
        Provider provider = new Provider(world);
        // what works
        for (String channel : List.of("wa", "sms", "texts", "page", "insta", "tg", "tg-poll", "post", "teams")) {
            String text = CANARY + " on " + channel;
            world.writes(channel, channel.equals("post") ? "ana@customers.example" : "+4930111", text);
            String conversation = world.note(channel, text).conversation();
            world.desk.agentReplies(world.callback("helpdesk"), conversation, "Max", CANARY + " back");
            World.await("the answer on " + channel, () -> world.simulator(channel).delivered().stream()
                    .anyMatch(delivered -> delivered.content().contains(CANARY + " back")));
        }
        // what fails: refused, unreadable, throttled, broken providers, stores of nonsense
        for (String id : List.of("wa", "sms", "texts", "page", "insta", "tg", "teams", "helpdesk")) {
            provider.post(
                    id, bytes("{\"text\":\"" + CANARY), "application/json", Map.of("X-Hub-Signature-256", CANARY));
            provider.signed(
                    id, "{\"entry\":[{\"changes\":[{\"value\":\"" + CANARY + "\"}]}],\"message\":\"" + CANARY + "\"");
            provider.signed(id, "{\"" + CANARY + "\":1,\"" + CANARY + "\":2}");
            provider.signed(
                    id, "{\"type\":\"" + CANARY + "\",\"update_id\":\"" + CANARY + "\",\"data\":\"" + CANARY + "\"}");
        }
        provider.form(Map.of("MessageSid", "SM77", "From", "+4930999", "Body", CANARY, "NumMedia", CANARY));
        world.mail.drop(bytes(
                "From: " + CANARY + "\r\nContent-Type: multipart/mixed; boundary=" + CANARY + "\r\n\r\n--" + CANARY));
        for (int status : List.of(400, 401, 500)) {
            world.whatsapp.answerNext(status, Map.of(), "{\"error\":{\"message\":\"" + CANARY + "\",\"code\":1}}");
            world.messenger.answerNext(status, Map.of(), "{\"error\":{\"message\":\"" + CANARY + "\",\"code\":1}}");
            world.desk.answerNext(status, Map.of(), CANARY);
            world.telegram.answerNext(status, Map.of(), "{\"ok\":false,\"description\":\"" + CANARY + "\"}");
            world.writes("wa", "+4930111", CANARY + " again " + status);
            world.writes("page", "+4930111", CANARY + " again " + status);
            world.writes("tg", "+4930111", CANARY + " again " + status);
        }
        World.await(
                "all to be looked at",
                () -> world.gateway().store().read(tx -> tx.events().counts()).stream()
                        .noneMatch(count -> count.state() == Events.State.NEW));
        askEverything(world);
    }

    /** Somebody logs in to the console, looks, changes something, guesses and logs out. */
    private Map<String, String> session(World world) throws Exception {
        String token = Files.readString(home.resolve("data/admin.token")).strip();
        String api = "http://127.0.0.1:" + world.gateway().adminPort() + "/api/v1/";
        HttpResponse<String> login = HTTP.send(
                HttpRequest.newBuilder(URI.create(api + "session"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"" + token + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(login.statusCode()).isEqualTo(200);
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        String csrf = login.body().replaceAll("(?s).*\"csrf\":\"([^\"]+)\".*", "$1");
        for (String[] asked : new String[][] {
            {"GET", "audit", csrf}, {"POST", "pause", csrf}, {"POST", "pause", "wrong"}, {"DELETE", "session", csrf}
        }) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(api + asked[1]))
                    .headers("Cookie", cookie, "X-CSRF-Token", asked[2], "Content-Type", "application/json")
                    .method(asked[0], HttpRequest.BodyPublishers.ofString("{\"id\":\"" + cookie + "\"}"))
                    .build();
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            answers.add(answer.headers().map() + " " + answer.body());
        }
        return Map.of("admin token", token, "session cookie", cookie.split("=", 2)[1], "csrf", csrf);
    }

    private void secretsOfTheInstallation() {
        for (String file : List.of("data/admin.token", "data/installation.key")) {
            Path path = home.resolve(file);
            assertThat(Files.exists(path)).isTrue();
        }
    }

    /** Every address of both ports, without a token and with one where no content is asked for. */
    private void askEverything(World world) throws Exception {
        String token = Files.readString(home.resolve("data/admin.token")).strip();
        String admin = "http://127.0.0.1:" + world.gateway().adminPort();
        for (String route : world.gateway().adminRoutes()) {
            String[] words = route.split("[ ?]");
            String path = words[1].replace("{id}", CANARY);
            for (String how : List.of("", "Bearer " + CANARY, "Bearer " + token)) {
                boolean content = how.endsWith(token) && !route.contains("{id}");
                // with the token, conversations and dead events may be read: that is what it is for
                if (!content || path.equals("/metrics") || path.startsWith("/health") || path.endsWith("ledger")) {
                    String answer = ask(words[0], admin + path, how);
                    answers.add(answer.replace(CANARY + " does not", ""));
                }
            }
        }
        for (String path : List.of("/", "/channels/" + CANARY, "/media/" + CANARY + "?signature=" + CANARY, "/%")) {
            answers.add(ask("GET", world.url + path.replace("/%", "/x"), ""));
            answers.add(ask("POST", world.url + path.replace("/%", "/x"), ""));
        }
    }

    private static String ask(String method, String uri, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri))
                .method(method, HttpRequest.BodyPublishers.ofString("{\"" + CANARY + "\":" + CANARY));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.headers().map() + " " + response.body();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Keeps every line as it would stand in a file, with its stack trace. */
    private final class Listener extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLoggerName().startsWith("com.icegreen")) {
                return; // the mail server of the test, not ours
            }
            String trace =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            log.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + trace);
        }
    }
}
