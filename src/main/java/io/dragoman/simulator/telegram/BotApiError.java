// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the Bot API says when it does not do what it was asked. */
final class BotApiError extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final long migrateTo;

    BotApiError(int status, String description) {
        this(status, description, 0);
    }

    BotApiError(int status, String description, long migrateTo) {
        super(description, null, false, false);
        this.status = status;
        this.migrateTo = migrateTo;
    }

    int status() {
        return status;
    }

    String json() {
        ObjectNode json = BotParameters.JSON.createObjectNode().put("ok", false).put("error_code", status);
        json.put("description", getMessage());
        if (migrateTo != 0) {
            json.putObject("parameters").put("migrate_to_chat_id", migrateTo);
        }
        return json.toString();
    }
}
