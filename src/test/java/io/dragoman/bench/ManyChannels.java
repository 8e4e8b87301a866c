// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench;

import io.dragoman.Bootstrap;
import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.config.Connectors;
import io.dragoman.config.Loaded;
import io.dragoman.rules.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long a gateway takes from nothing to ready with many channels: prints milliseconds, step by step. */
public final class ManyChannels {
    private final List<String> steps = new ArrayList<>();
    private long last = System.nanoTime();

    private ManyChannels() {}

    /** Argument: how many channels; 1000 when it is left out. */
    public static void main(String[] arguments) throws Exception {
        int channels = arguments.length == 0 ? 1000 : Integer.parseInt(arguments[0]);
        new ManyChannels().run(channels);
    }

    private void run(int channels) throws Exception {
        Path home = home(channels);
        last = System.nanoTime();
        Bootstrap bootstrap = new Bootstrap(home, Connectors.installed(), name -> null);
        SecureRandom random = new SecureRandom();
        Loaded<RuleBook> loaded = bootstrap.load(random);
        if (!(loaded instanceof Loaded.Usable<RuleBook> usable)) {
            throw new IllegalStateException(loaded.problems().toString());
        }
        step("configuration");
        Setup.Environment process = new Setup.Environment(Clock.systemUTC(), random, failure -> {});
        try (Gateway gateway = Gateway.start(bootstrap.setup(usable, process))) {
            step("gateway, " + gateway.setup().accounts().channels().size() + " channels");
        }
        steps.forEach(System.out::println);
    }

    private void step(String name) {
        long now = System.nanoTime();
        steps.add(String.format(Locale.ROOT, "%-45s %6d ms", name, (now - last) / 1_000_000));
        last = now;
    }

    private static Path home(int channels) throws IOException {
        Path home = Files.createTempDirectory("many-channels");
        Path config = Files.createDirectories(home.resolve("config"));
        StringBuilder text = new StringBuilder("channels:\n");
        for (int i = 0; i < channels; i++) {
            text.append("  wa-")
                    .append(i)
                    .append(": {kind: whatsapp, phoneNumberId: \"")
                    .append(i);
            text.append("\", accessToken: a, appSecret: b, verifyToken: c}\n");
        }
        Files.writeString(config.resolve("channels.yaml"), text.toString());
        Files.writeString(config.resolve("desks.yaml"), "desks:\n  inbox: {kind: local}\n");
        Files.writeString(
                config.resolve("gateway.yaml"),
                "http: {port: 0, publicUrl: https://chat.example.com}\nadmin: {port: 0}\n");
        return home;
    }
}
