// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import io.dragoman.connector.Trust;
import io.dragoman.connector.tls.TrustContext;
import io.dragoman.store.Store;
import org.apache.camel.impl.DefaultCamelContext;
import org.slf4j.LoggerFactory;

/**
 * What every start needs and no configuration changes, made ready beside the command line and the reading of the
 * configuration: the log, SQLite's native library, the list of trusted authorities, Camel's classes. Nothing waits for
 * it: who needs one of them meanwhile makes it, or waits for that one alone.
 */
public final class Preload {
    private Preload() {}

    /** Begins, and returns at once. */
    public static void begin() {
        Thread thread = new Thread(Preload::run, "preload");
        thread.setDaemon(true); // a configuration that is wrong ends the process without it
        thread.start();
    }

    private static void run() {
        try {
            LoggerFactory.getILoggerFactory();
            Store.preload();
            TrustContext.of(Trust.SYSTEM);
            new DefaultCamelContext(true).close();
        } catch (Exception | LinkageError e) {
            return; // whoever needs it meets the same and says so
        }
    }
}
