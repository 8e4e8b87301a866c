// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The home folder of the demo. What leads to the simulators is written anew at each start; rules, replies, FAQ,
 * surveys and hours only where they are missing, so that changes of one's own stay.
 */
final class DemoHome {
    private final Path folder;

    DemoHome(Path folder) {
        this.folder = folder;
    }

    /** Whether a gateway has run here: its conversations would mix with those of the demo. */
    boolean used() {
        return Files.exists(folder.resolve("data/dragoman.db"));
    }

    /**
     * Writes the configuration.
     *
     * @param channels the simulators by the id of the channel that uses each
     */
    void write(URI publicUrl, int adminPort, String token, Map<String, Simulator> channels, Simulator desk, Instant now)
            throws IOException {
        Files.createDirectories(folder.resolve("config"));
        put("gateway", String.format(Locale.ROOT, """
                # Written by ./dragoman demo
                http: {host: 127.0.0.1, port: %d, publicUrl: "%s"}
                admin: {host: 127.0.0.1, port: %d, token: "%s"}
                store: {url: "sqlite:data/dragoman.db"}
                desk: helpdesk
                mediaWait: 30s
                """, publicUrl.getPort(), publicUrl, adminPort, token));
        StringBuilder accounts =
                new StringBuilder("# Written by ./dragoman demo: the providers are simulators\nchannels:\n");
        channels.forEach((id, simulator) ->
                accounts.append(YamlText.account(id, simulator.kind(), settings(id, simulator.settings()))));
        put("channels", accounts.toString());
        put("desks", "desks:\n" + YamlText.account("helpdesk", desk.kind(), desk.settings()));
        keep("rules", resource("rules.yaml"));
        keep("replies", resource("replies.yaml"));
        keep("faq", resource("faq.yaml"));
        keep("surveys", resource("surveys.yaml"));
        keep("hours", resource("hours.yaml").replace("DAY", dayAfterTomorrow(now)));
    }

    private static Map<String, String> settings(String id, Map<String, String> simulated) {
        Map<String, String> settings = new LinkedHashMap<>(simulated);
        if (id.equals(DemoEnvironment.MAIL)) {
            settings.put("name", "Example Shop");
            settings.put("start", "all");
        }
        if (id.equals(DemoEnvironment.CHAT)) {
            settings.put("title", "Example Shop");
            settings.put("greeting", "Hello! How can we help?");
        }
        return settings;
    }

    /** The office opens on that day only: today it is closed, whatever the time. */
    private static String dayAfterTomorrow(Instant now) {
        DayOfWeek day = now.atZone(ZoneOffset.UTC).getDayOfWeek().plus(2);
        return List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun")
                .get(day.getValue() - 1)
                .toLowerCase(Locale.ROOT);
    }

    private void put(String name, String text) throws IOException {
        Files.writeString(folder.resolve("config/" + name + ".yaml"), text);
    }

    private void keep(String name, String text) throws IOException {
        if (!Files.exists(folder.resolve("config/" + name + ".yaml"))) {
            put(name, text);
        }
    }

    private static String resource(String name) {
        try (InputStream in = DemoHome.class.getResourceAsStream(name)) {
            return new String(java.util.Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
