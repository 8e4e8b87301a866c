// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class ConfigurationWatcherTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(ConfigurationWatcher.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<Reload<List<String>>> taken = new ArrayList<>();
    private final Home home;

    ConfigurationWatcherTest(@TempDir Path folder) {
        home = new Home(folder)
                .write("channels", "channels:\n  polly: {kind: parrot, token: \"${env:TOKEN}\"}\n")
                .write("gateway", "http: {publicUrl: https://chat.example.com}\n")
                .write("rules", "rules:\n  - name: first\n")
                .variable("TOKEN", "s3cret-word");
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void quiet() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    @Test
    void aChangeIsTakenOverOnceItHasSettled() {
        ConfigurationWatcher<List<String>> watcher = watcher(taken::add);
        watcher.look();
        watcher.look();
        assertThat(taken).as("nothing changed").isEmpty();

        home.write("rules", "rules:\n  - name: seco");
        watcher.look();
        assertThat(taken).as("it may be half written").isEmpty();
        home.write("rules", "rules:\n  - name: second\n");
        watcher.look();
        watcher.look();
        watcher.look();
        assertThat(taken).singleElement().satisfies(reload -> {
            assertThat(reload.rules()).containsExactly("second");
            assertThat(reload.restart()).isEmpty();
        });
    }

    @Test
    void anArticleOfTheFaqIsTakenOver() {
        ConfigurationWatcher<List<String>> watcher = watcher(taken::add);
        home.file("config/faq/help.de.md", "# Wann?\nMorgen.\n");
        watcher.look();
        watcher.look();
        home.file("config/faq/help.de.md", "# Wann?\nHeute.\n");
        watcher.look();
        watcher.look();
        assertThat(taken)
                .extracting(reload ->
                        reload.configuration().files().articles().get(0).text())
                .containsExactly("# Wann?\nMorgen.\n", "# Wann?\nHeute.\n");
    }

    @Test
    void aBrokenFileKeepsTheOldConfigurationAndSaysSo() {
        ConfigurationWatcher<List<String>> watcher = watcher(taken::add);
        home.write("rules", "rules:\n  - nme: \"${env:TOKEN}\"\n");
        watcher.look();
        watcher.look();
        watcher.look();
        assertThat(taken).isEmpty();
        assertThat(lines())
                .containsExactly(
                        "WARN config: config/rules.yaml:2:5 rules[0].nme is not a known key. Did you mean 'name'? Known:"
                                + " desk, name, note, team, when.",
                        "ERROR config: the changed files have an error; the old configuration stays active until that"
                                + " is corrected");
        home.write("rules", "rules:\n  - name: mended\n");
        watcher.look();
        watcher.look();
        assertThat(taken).singleElement().extracting(Reload::rules).isEqualTo(List.of("mended"));
    }

    @Test
    void whatNeedsARestartIsNamedUntilItHappens() {
        ConfigurationWatcher<List<String>> watcher = watcher(taken::add);
        home.write("gateway", "http: {port: 7, publicUrl: https://chat.example.com}\n");
        watcher.look();
        watcher.look();
        home.write("rules", "rules: []\n");
        watcher.look();
        watcher.look();
        assertThat(taken).extracting(Reload::restart).containsExactly(List.of("http"), List.of("http"));
        assertThat(lines()).contains("WARN config: a restart is needed for http");
    }

    @Test
    void aConsumerThatFailsDoesNotEndTheWatch() {
        List<String> told = new ArrayList<>();
        ConfigurationWatcher<List<String>> watcher = watcher(reload -> {
            told.addAll(reload.rules());
            throw new IllegalStateException("cannot take it");
        });
        for (String name : List.of("one", "two")) {
            home.write("rules", "rules:\n  - name: " + name + "\n");
            watcher.look();
            watcher.look();
        }
        assertThat(told).containsExactly("one", "two");
    }

    @Test
    void theScheduleLooksByItself() throws InterruptedException {
        BlockingQueue<List<String>> rules = new LinkedBlockingQueue<>();
        try (ConfigurationWatcher<List<String>> watcher = watcher(reload -> rules.add(reload.rules()))) {
            watcher.start(Duration.ofMillis(5));
            home.write("rules", "rules:\n  - name: by itself\n");
            assertThat(rules.poll(10, TimeUnit.SECONDS)).containsExactly("by itself");
        }
    }

    private ConfigurationWatcher<List<String>> watcher(Consumer<Reload<List<String>>> take) {
        return new ConfigurationWatcher<>(home.usable(), home::load, take, problems -> {});
    }

    private List<String> lines() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }
}
