// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.config.ConfigurationWatcher;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.model.Json;
import io.dragoman.rules.RuleBook;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A gateway that is started from the files of a home folder, as the command does; nobody looks at them by the clock. */
public final class FiledGateway implements AutoCloseable {
    public final Gateway gateway;
    public final TestClock clock = TestClock.running();
    public final Path home;

    private final ConfigurationWatcher<RuleBook> watcher;

    /**
     * Starts it.
     *
     * @param files what {@code config/} holds, by the names without their ending; a gateway.yaml is added
     */
    public FiledGateway(Path home, Map<String, String> files) throws Exception {
        this.home = home;
        Map<String, String> all = new HashMap<>(files);
        all.putIfAbsent("gateway", "");
        all.compute(
                "gateway",
                (name, text) -> "http: {host: 127.0.0.1, port: 0, publicUrl: https://chat.example.com}\n"
                        + (String.valueOf(text).contains("admin:") ? text : "admin: {port: 0}\n" + text));
        for (Map.Entry<String, String> file : all.entrySet()) {
            write(file.getKey(), file.getValue());
        }
        Bootstrap bootstrap = new Bootstrap(home, Connectors.installed(), name -> null);
        Random random = new Random(1);
        Loaded<RuleBook> loaded = bootstrap.load(random);
        if (!(loaded instanceof Loaded.Usable<RuleBook> usable)) {
            throw new AssertionError(loaded.problems().toString());
        }
        gateway = Gateway.start(bootstrap.setup(usable, new Setup.Environment(clock, random, failure -> {})));
        watcher = bootstrap.watcher(usable, gateway);
    }

    /** Writes a file of {@code config/}, as an editor would. */
    public void write(String name, String text) throws IOException {
        Path file = file(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Takes what the files hold now: what is wrong with it. */
    public List<String> reload() {
        return watcher.reload();
    }

    public String read(String name) throws IOException {
        return Files.readString(file(name));
    }

    public Path file(String name) {
        return home.resolve("config/" + name + ".yaml");
    }

    /** A request to the admin port, below its API, held against its description. */
    public HttpResponse<String> ask(String method, String path, @Nullable String body, String... headers)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.adminPort() + "/api/v1/" + path))
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(home.resolve("data").resolve(Bootstrap.ADMIN_TOKEN))
                                        .strip())
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = TestGateway.send(request.build());
        ApiDocument.demand(method, "/api/v1/" + path, response);
        return response;
    }

    /** What is there, which must be. */
    public JsonNode get(String path) throws IOException {
        HttpResponse<String> response = ask("GET", path, null);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answered " + response.statusCode() + " " + response.body());
        }
        return json(response);
    }

    public static JsonNode json(HttpResponse<String> response) throws IOException {
        return Json.tree(response.body().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        watcher.close();
        gateway.close();
    }
}
