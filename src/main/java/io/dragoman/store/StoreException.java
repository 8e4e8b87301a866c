// SPDX-License-Identifier: Apache-2.0
package io.dragoman.store;

import java.sql.SQLException;

/** The database refused. The message holds no values. */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(SQLException cause) {
        super("the store answered " + cause.getErrorCode() + ": " + cause.getMessage(), cause);
    }

    StoreException(String message) {
        super(message);
    }

    /** Cannot take this now: the queue is full, the disk is low, or the gateway is stopping. Ask again later. */
    public static final class Busy extends StoreException {
        private static final long serialVersionUID = 1L;

        Busy(String message) {
            super(message);
        }
    }

    /** Somebody else changed what this work was based on: look again and repeat. */
    public static final class Conflict extends StoreException {
        private static final long serialVersionUID = 1L;

        Conflict(String message) {
            super(message);
        }
    }

    /** The data folder cannot be used; the message says why and what to do. */
    public static final class Unusable extends StoreException {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }
}
