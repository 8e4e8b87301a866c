// SPDX-License-Identifier: Apache-2.0
package io.dragoman.demo;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** Sends the log to a file, so that it does not mix with what the demo prints; back when closed. */
public final class LogFile implements AutoCloseable {
    private final Logger root;
    private final List<Appender<ILoggingEvent>> before = new ArrayList<>();
    private final FileAppender<ILoggingEvent> file = new FileAppender<>();

    private LogFile(LoggerContext context, Path path) {
        this.root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %logger{0} %msg%n%ex{short}");
        encoder.start();
        file.setContext(context);
        file.setFile(path.toString());
        file.setEncoder(encoder);
        file.start();
        root.iteratorForAppenders().forEachRemaining(before::add);
        before.forEach(root::detachAppender);
        root.addAppender(file);
    }

    /** Starts; does nothing where another logging library is in place. */
    public static AutoCloseable at(Path path) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        return factory instanceof LoggerContext context ? new LogFile(context, path) : () -> {};
    }

    @Override
    public void close() {
        root.detachAppender(file);
        file.stop();
        before.forEach(root::addAppender);
    }
}
