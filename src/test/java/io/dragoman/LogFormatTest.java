// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.CurrentTenant;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The two forms of a log line, as the shipped file configures them. */
final class LogFormatTest {
    @Test
    @DisplayName("DRAGOMAN_LOG_FORMAT=json makes each line one JSON object with time, level, logger and sentence")
    void jsonShouldBeOneObjectALine() throws Exception {
        String line = line("json", new IllegalStateException("why"));
        assertThat(line.strip().lines()).hasSize(1);
        JsonNode json = Json.tree(line.getBytes(StandardCharsets.UTF_8));
        assertThat(json.path("level").asText()).isEqualTo("WARN");
        assertThat(json.path("formattedMessage").asText()).isEqualTo("outbox 7: \"quoted\"\nretry");
        assertThat(json.path("loggerName").asText()).isEqualTo("io.dragoman.test");
        assertThat(json.path("timestamp").asLong()).isPositive();
        assertThat(json.at("/throwable/className").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(json.has("arguments")).isFalse();
    }

    @Test
    @DisplayName("without it a line is text that begins with the time in UTC")
    void textShouldBeTheDefault() {
        assertThat(line(null, null)).matches("(?s)\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z WARN  test outbox 7: .*");
    }

    @Test
    @DisplayName("where there are tenants a line says whose it is, also of a thread that was made meanwhile")
    void linesShouldSayWhose() throws Exception {
        String[] lines = new String[4];
        CurrentTenant.during("my-shop", () -> {
            lines[0] = line(null, null);
            lines[1] = line("json", null);
            Thread made = new Thread(() -> lines[2] = line(null, null));
            made.start();
            try {
                made.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        lines[3] = line(null, null);
        assertThat(lines[0]).contains("WARN  test [my-shop] outbox 7");
        assertThat(Json.tree(lines[1].getBytes(StandardCharsets.UTF_8))
                        .path("tenant")
                        .asText())
                .isEqualTo("my-shop");
        assertThat(lines[1].strip().lines()).hasSize(1);
        assertThat(lines[2]).contains("[my-shop] outbox");
        assertThat(lines[3]).contains("WARN  test outbox 7");
    }

    @Test
    @DisplayName("the pool of database connections is silent unless something is wrong")
    void poolShouldBeQuiet() throws Exception {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogFormatTest.class.getResource("/logback.xml"));
        assertThat(context.getLogger("com.zaxxer.hikari.HikariDataSource").getEffectiveLevel())
                .isEqualTo(Level.WARN);
        assertThat(context.getLogger("com.zaxxer.hikari.pool.ProxyConnection").getEffectiveLevel())
                .isEqualTo(Level.ERROR);
        context.stop();
    }

    private static String line(String format, Throwable failure) {
        LoggerContext context = new LoggerContext();
        if (format != null) {
            context.putProperty("DRAGOMAN_LOG_FORMAT", format);
        }
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(LogFormatTest.class.getResource("/logback.xml"));
            Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            ConsoleAppender<ILoggingEvent> console =
                    (ConsoleAppender<ILoggingEvent>) root.iteratorForAppenders().next();
            Logger logger = context.getLogger("io.dragoman.test");
            LoggingEvent event = new LoggingEvent(
                    "x", logger, Level.WARN, "outbox {}: {}\nretry", failure, new Object[] {7, "\"quoted\""});
            return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
        } catch (ch.qos.logback.core.joran.spi.JoranException e) {
            throw new AssertionError(e);
        } finally {
            context.stop();
        }
    }
}
