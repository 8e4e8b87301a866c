// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Desk;

/** The two files that hold accounts: {@code channels.yaml} and {@code desks.yaml}. */
enum AccountFile {
    CHANNELS("channel", Channel.class),
    DESKS("desk", Desk.class);

    private final String word;
    private final Class<? extends Connector> type;

    AccountFile(String word, Class<? extends Connector> type) {
        this.word = word;
        this.type = type;
    }

    /** What one account in it is called. */
    String word() {
        return word;
    }

    /** Whether accounts of this kind belong there. */
    boolean takes(Connector connector) {
        return type.isInstance(connector);
    }
}
