// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.process;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;

/** PostgreSQL as a careful operator sets it up. It says {@code ready} and its address. */
public final class PostgresMain {
    private PostgresMain() {}

    /** Runs until it is ended. */
    public static void main(String[] args) throws IOException, InterruptedException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        System.out.println("ready postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/postgres");
        Thread.currentThread().join();
    }
}
