// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.webchat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One visitor: a token, what they wrote, and a thread that reads their feed. */
final class ChatVisitor {
    private static final List<String> FILES =
            List.of("chat.js", "frame", "frame.css", "frame.mjs", "feed.mjs", "words.mjs", "config");
    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI channel;
    private final Consumer<Read> reader;
    private volatile String token = "";
    private volatile boolean left;
    private volatile @Nullable InputStream stream;
    private long last;

    /** What they read: a message of an agent or a rule. */
    record Read(String id, String text) {}

    ChatVisitor(URI channel, Consumer<Read> reader) {
        this.channel = channel;
        this.reader = reader;
    }

    /** The files and the configuration of the widget; the first that is refused, with its status, else 200. */
    static String opens(URI channel) throws IOException, InterruptedException {
        HttpClient browser = HttpClient.newHttpClient();
        for (String file : FILES) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(channel + "/" + file)).build();
            int status = browser.send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status != 200) {
                return file + " " + status;
            }
        }
        return "200";
    }

    /** Asks for a token with the word of the website. Returns the status. */
    static int logsIn(URI channel, String identity) throws IOException, InterruptedException {
        ChatVisitor visitor = new ChatVisitor(channel, read -> {});
        ObjectNode body = visitor.json.createObjectNode().put("consent", true).put("identity", identity);
        return visitor.post("session", body).statusCode();
    }

    /** Gets a token, and reads from then on. Returns the status. */
    int begin() throws IOException, InterruptedException {
        HttpResponse<String> answer = post("session", json.createObjectNode().put("consent", true));
        if (answer.statusCode() == 200) {
            token = json.readTree(answer.body()).path("token").asText();
            Thread thread = new Thread(this::readOn, "chat-visitor");
            thread.setDaemon(true);
            thread.start();
        }
        return answer.statusCode();
    }

    int write(String text) throws IOException, InterruptedException {
        ObjectNode message =
                json.createObjectNode().put("clientMsgId", UUID.randomUUID().toString());
        message.putArray("parts").addObject().put("type", "text").put("text", text);
        return post("messages", message).statusCode();
    }

    /** Posts anything where messages go. Returns the status. */
    int bring(byte[] body) throws IOException, InterruptedException {
        return post("messages", body).statusCode();
    }

    private HttpResponse<String> post(String name, ObjectNode body) throws IOException, InterruptedException {
        return post(name, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(String name, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = to(name).header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String name) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(channel + "/" + name)).header("Origin", WebChatSimulator.ORIGIN);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private void readOn() {
        while (!left) {
            try {
                read();
            } catch (IOException e) {
                // gone, or not there: again from the last number
            } catch (InterruptedException e) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void read() throws IOException, InterruptedException {
        HttpRequest request =
                to("events").header("Last-Event-ID", String.valueOf(last)).GET().build();
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            stream = body;
            for (String line = lines.readLine(); line != null && !left; line = lines.readLine()) {
                if (answer.statusCode() == 200 && line.startsWith("data:")) {
                    entry(json.readTree(line.substring(5)));
                }
            }
        }
    }

    private void entry(JsonNode entry) throws IOException, InterruptedException {
        last = entry.path("seq").asLong();
        if (!entry.path("type").asText().equals("message")
                || entry.path("from").asText().equals("visitor")) {
            return;
        }
        StringJoiner text = new StringJoiner(" ");
        for (JsonNode part : entry.path("parts")) {
            text.add(
                    part.path("type").asText().equals("file")
                            ? "[file] " + part.path("name").asText()
                            : part.path("text").asText());
        }
        String id = entry.path("id").asText();
        reader.accept(new Read(id, text.toString()));
        ObjectNode receipt = json.createObjectNode().put("status", "read");
        receipt.putArray("ids").add(id);
        post("receipts", receipt);
    }

    void leave() {
        left = true;
        InputStream open = stream;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            // it was gone already
        }
    }
}
