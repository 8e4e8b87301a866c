// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.webchat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.TestClock;
import io.dragoman.config.ConfigurationWatcher;
import io.dragoman.config.Connectors;
import io.dragoman.config.Home;
import io.dragoman.config.Loaded;
import io.dragoman.rules.RuleBook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hours of the rules, as the widget of a chat that names them asks for them. */
final class ShownHoursTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void hoursOfTheFileShouldBeShownByTheGatewaysClockAndFollowItsChange() throws Exception {
        Home home = new Home(folder)
                .write("gateway", "http: {port: 0, publicUrl: \"http://127.0.0.1:8080\"}\nadmin: {port: 0}\n")
                .write(
                        "channels",
                        "channels:\n  chat: {kind: webchat, origins: \"https://shop.example\", hours: shop}\n"
                                + "  bare: {kind: webchat, origins: \"https://shop.example\"}\n")
                .write("hours", hours("09:00-17:00"));
        TestClock clock = TestClock.at(Instant.parse("2026-11-27T16:30:00Z")); // a Friday, half past five in Berlin
        Bootstrap bootstrap = new Bootstrap(folder, Connectors.installed(), home.environment()::get);
        Loaded.Usable<RuleBook> loaded = (Loaded.Usable<RuleBook>) bootstrap.load(new Random(1));
        Setup.Environment environment = new Setup.Environment(clock, new Random(1), failure -> {});
        try (Gateway gateway = Gateway.start(bootstrap.setup(loaded, environment));
                ConfigurationWatcher<RuleBook> watcher = bootstrap.watcher(loaded, gateway)) {
            assertThat(ask(gateway, "bare/hours").statusCode()).isEqualTo(404);
            assertThat(json(gateway, "bare/config").path("openingHours").asBoolean())
                    .isFalse();
            assertThat(json(gateway, "chat/config").path("openingHours").asBoolean())
                    .isTrue();
            JsonNode closed = json(gateway, "chat/hours");
            assertThat(closed.path("open").asBoolean(true)).isFalse();
            assertThat(closed.path("changes").asText()).isEqualTo("2026-11-30T08:00:00Z");
            assertThat(closed.path("now").asText()).isEqualTo("2026-11-27T16:30:00Z");

            home.write("hours", hours("09:00-18:00"));
            watcher.look();
            watcher.look();
            assertThat(json(gateway, "chat/hours").path("open").asBoolean()).isTrue();
            assertThat(json(gateway, "chat/hours").path("changes").asText()).isEqualTo("2026-11-27T17:00:00Z");
            clock.set(Instant.parse("2026-11-27T17:00:00Z"));
            assertThat(json(gateway, "chat/hours").path("open").asBoolean(true)).isFalse();
        }
    }

    private static String hours(String friday) {
        return "hours:\n  shop: {zone: Europe/Berlin, week: {mon-thu: [\"09:00-17:00\"], fri: [\"" + friday + "\"]}}\n";
    }

    private static JsonNode json(Gateway gateway, String path) throws Exception {
        HttpResponse<String> answer = ask(gateway, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ChatGateway.json(answer);
    }

    private static HttpResponse<String> ask(Gateway gateway, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + gateway.publicPort() + "/channels/" + path);
        return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
