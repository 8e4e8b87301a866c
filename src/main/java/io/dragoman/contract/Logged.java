// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.dragoman.connector.Connector;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What is logged meanwhile, at any level, by our classes or those of a connector; nobody else gets it. */
final class Logged implements AutoCloseable {
    private final Logger logger;
    private final @org.jspecify.annotations.Nullable Level before;
    private final boolean additive;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    private Logged(String name) {
        logger = (Logger) LoggerFactory.getLogger(name);
        before = logger.getLevel();
        additive = logger.isAdditive();
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.TRACE);
        logger.setAdditive(false);
    }

    /** Of a connector in the tree what all of the program logs, of another what its package does. */
    static Logged of(Connector connector) {
        String folder = connector.getClass().getPackageName();
        return new Logged(folder.startsWith("io.dragoman.") ? "io.dragoman" : folder);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (ILoggingEvent event : List.copyOf(appender.list)) {
            lines.add(event.getFormattedMessage());
            for (IThrowableProxy one = event.getThrowableProxy(); one != null; one = one.getCause()) {
                lines.add(String.valueOf(one.getMessage()));
            }
        }
        return lines;
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(before);
        logger.setAdditive(additive);
    }
}
