// SPDX-License-Identifier: Apache-2.0
package io.dragoman.tenant;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.dragoman.model.CurrentTenant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** The lines that are logged meanwhile, each with whose it is. */
final class TenantLog implements AutoCloseable {
    private record Line(String tenant, String text) {}

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Logger root =
            ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(new Line(CurrentTenant.name(), event.getFormattedMessage()));
        }
    };

    TenantLog() {
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
    }

    /** Whose the lines are that hold one of these words. */
    Set<String> linesWith(Set<String> words) {
        return lines.stream()
                .filter(line -> words.stream().anyMatch(line.text::contains))
                .map(Line::tenant)
                .collect(Collectors.toSet());
    }

    String text() {
        return lines.stream().map(Line::text).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        root.detachAppender(appender);
    }
}
